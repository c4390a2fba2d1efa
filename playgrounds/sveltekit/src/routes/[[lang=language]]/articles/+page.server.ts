import { error } from '@sveltejs/kit'
import { articles, pages } from '#lib/storyblok/stories.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { storyblok } }) => {
  const [story, list] = await Promise.all([storyblok.story(pages, 'articles'), storyblok.all(articles)])
  if (!story) error(404, 'Not found')
  return { story, list }
}
