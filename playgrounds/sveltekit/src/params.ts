import { defineParams } from '@sveltejs/kit/params'

export const params = defineParams({
  /** A language that stands in the path: any but the default one. */
  language: (param) => (param === 'de' ? param : undefined),
})
