import { storyblokInit } from '@storyblok/svelte'
import Post from './Post.svelte'
import Text from './Text.svelte'

export const components = { post: Post, text: Text }

// Browsers know the components, and neither a token nor the API.
storyblokInit({ components, bridge: false })
