import { defineSpace, defineStories } from '@keyblok/astro/stories'
import { languages } from '@keyblok/playground-content'

export const space = defineSpace({
  languages,
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
/** Articles of earlier years, each year with a start page of its own. */
export const archive = defineStories(space, { contentType: ['page', 'article'], startsWith: 'archive/' })
export const authors = defineStories(space, { contentType: 'author', startsWith: 'authors/' })
