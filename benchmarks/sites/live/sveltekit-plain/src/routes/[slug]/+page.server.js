import { storyLoad } from '@keyblok/sveltekit/server'
import { pages } from '#lib/storyblok/stories.js'

export const load = storyLoad(pages, ({ params }) => params.slug)
