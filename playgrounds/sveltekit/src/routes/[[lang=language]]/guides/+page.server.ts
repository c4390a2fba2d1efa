import { error } from '@sveltejs/kit'
import { guides, pages } from '#lib/storyblok/stories.ts'
import type { PageServerLoad } from './$types'

export const prerender = true
export const entries = () => [{}, { lang: 'de' }]

export const load: PageServerLoad = async ({ locals: { storyblok }, params }) => {
  // Named, so that SvelteKit runs this again in another language.
  const language = params.lang
  const [story, list] = await Promise.all([
    storyblok.story(pages, 'guides', { language }),
    storyblok.all(guides, { language }),
  ])
  if (!story) error(404, 'Not found')
  return { story, list }
}
