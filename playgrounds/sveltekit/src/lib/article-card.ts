import type { StoryOf } from '@keyblok/sveltekit/stories'

type Article = StoryOf<'article'>

/** What a card shows of an article. */
export interface ArticleCard extends Pick<Article, 'uuid' | 'href'> {
  content: Pick<Article['content'], 'title' | 'teaser' | 'image' | 'category' | 'published_on'>
}

/** Takes what a card shows, so that a list sends no article whole. */
export function toArticleCard({ uuid, href, content }: Article): ArticleCard {
  const { title, teaser, image, category, published_on } = content
  return { uuid, href, content: { title, teaser, image, category, published_on } }
}
