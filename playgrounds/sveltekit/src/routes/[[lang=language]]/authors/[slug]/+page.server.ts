import { storyLoad } from '@keyblok/sveltekit/server'
import { authors } from '#lib/storyblok/stories.ts'

export const load = storyLoad(authors, ({ params }) => params.slug)
