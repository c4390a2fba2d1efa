import { defineSpace, defineStories } from '@keyblok/astro/stories'

export const space = defineSpace()
export const pages = defineStories(space, { contentType: 'page' })
