import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'

export const space = defineSpace()
export const pages = defineStories(space, { contentType: 'page' })
