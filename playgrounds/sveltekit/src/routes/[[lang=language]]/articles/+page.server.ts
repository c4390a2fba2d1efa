import { error } from '@sveltejs/kit'
import { articles, pages } from '#lib/storyblok/stories.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { storyblok }, params }) => {
  // Named, so that SvelteKit runs this again in another language.
  const language = params.lang
  const [story, list] = await Promise.all([
    storyblok.story(pages, 'articles', { language }),
    storyblok.all(articles, { language }),
  ])
  if (!story) error(404, 'Not found')
  return { story, list }
}
