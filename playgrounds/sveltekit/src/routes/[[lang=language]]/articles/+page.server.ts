import { storiesLoad, storyLoad } from '@keyblok/sveltekit/server'
import { toArticleCard } from '#lib/article-card.ts'
import { articles, pages } from '#lib/storyblok/stories.ts'
import type { PageServerLoad } from './$types'

const loadStory = storyLoad(pages, () => 'articles')
const loadArticles = storiesLoad(articles, { perPage: 100, select: toArticleCard })

export const load: PageServerLoad = async (event) => {
  const [{ story }, { stories }] = await Promise.all([loadStory(event), loadArticles(event)])
  return { story, articles: stories }
}
