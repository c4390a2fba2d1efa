import { prerenderStories, storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { guides } from '#lib/storyblok/stories.ts'

export const prerender = prerenderStories()
export const entries = storyEntries(guides, { language: 'lang' })
export const load = storyLoad(guides, ({ params }) => params.slug)
