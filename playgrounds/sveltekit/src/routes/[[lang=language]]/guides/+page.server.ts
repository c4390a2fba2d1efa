import { error } from '@sveltejs/kit'
import { guides, pages } from '#lib/storyblok/stories.ts'
import type { PageServerLoad } from './$types'

export const prerender = true
export const entries = () => [{}, { lang: 'de' }]

export const load: PageServerLoad = async ({ locals: { storyblok } }) => {
  const [story, list] = await Promise.all([storyblok.story(pages, 'guides'), storyblok.all(guides)])
  if (!story) error(404, 'Not found')
  return { story, list }
}
