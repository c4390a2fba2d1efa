import { defineBloks } from '@keyblok/sveltekit/stories'
import Post from '#lib/components/Post.svelte'
import Text from '#lib/components/Text.svelte'

export default defineBloks({ post: Post, text: Text })
