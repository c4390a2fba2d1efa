import { storyLoad } from '@keyblok/sveltekit/server'
import { articles } from '#lib/storyblok/stories.ts'

export const load = storyLoad(articles, ({ params }) => params.slug)
