import { storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { guides } from '#lib/storyblok/stories.ts'

export const prerender = true
export const entries = async () => [
  ...(await storyEntries(guides)()),
  ...(await storyEntries(guides, (_, slug) => ({ slug, lang: 'de' }), { language: 'de' })()),
]
export const load = storyLoad(guides, ({ params }) => params.slug)
