import { prerenderStories, storiesLoad, storyLoad } from '@keyblok/sveltekit/server'
import { rockNames } from '#lib/storyblok/rock-names.ts'
import { guides, pages } from '#lib/storyblok/stories.ts'
import type { PageServerLoad } from './$types'

export const prerender = prerenderStories()
export const entries = () => [{}, { lang: 'de' }]

const loadStory = storyLoad(pages, () => 'guides')
const loadGuides = storiesLoad(guides, {
  perPage: 100,
  select: ({ uuid, href, content: { title, image, rock, grades, season } }) => ({
    uuid,
    href,
    title,
    image,
    rock,
    grades,
    season,
  }),
})

export const load = (async (event) => {
  const { storyblok } = event.locals
  const [{ story }, { stories }, rocks] = await Promise.all([
    loadStory(event),
    loadGuides(event),
    rockNames(storyblok, storyblok.language),
  ])
  return { story, guides: stories, rocks }
}) satisfies PageServerLoad
