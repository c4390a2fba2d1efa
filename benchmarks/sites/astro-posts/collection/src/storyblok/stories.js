import { defineSpace, defineStories } from '@keyblok/astro/stories'

export const posts = defineStories(defineSpace(), { contentType: 'post' })
