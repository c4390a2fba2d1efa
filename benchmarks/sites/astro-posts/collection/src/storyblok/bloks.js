import { defineBloks } from '@keyblok/astro/stories'
import Text from '../../../shared/Text.astro'
import Post from '../components/Post.astro'

export default defineBloks({ post: Post, text: Text })
