import { storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { guides } from '#lib/storyblok/stories.ts'

export const prerender = true
export const entries = storyEntries(guides)
export const load = storyLoad(guides, ({ params }) => params.slug)
