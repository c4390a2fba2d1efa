import { defineBlokData } from '@keyblok/sveltekit/stories'
import { rockNames } from './rock-names.ts'

const blokData = defineBlokData({
  // What the kinds of rock are called, which editors keep in a datasource.
  guide: ({ storyblok }) => rockNames(storyblok, storyblok.language),
})

export default blokData

declare module '@keyblok/sveltekit/stories' {
  interface Register {
    blokData: typeof blokData
  }
}
