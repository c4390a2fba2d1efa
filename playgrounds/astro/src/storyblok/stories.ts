import { defineSpace, defineStories } from '@keyblok/astro/stories'

export const space = defineSpace({
  resolveRelations: ['article.author', 'article.category', 'article.related', 'featured.articles'],
})

declare module '@keyblok/astro/stories' {
  interface Register {
    space: typeof space
  }
}

export const pages = defineStories(space, { contentType: 'page' })
export const articles = defineStories(space, {
  contentType: 'article',
  startsWith: 'articles/',
  sortBy: 'content.published_on:desc',
})
export const guides = defineStories(space, { contentType: 'guide', startsWith: 'guides/' })
export const authors = defineStories(space, { contentType: 'author', startsWith: 'authors/' })
