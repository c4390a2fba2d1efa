import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'

export const space = defineSpace()
export const posts = defineStories(space, { contentType: 'post', startsWith: 'posts/' })
