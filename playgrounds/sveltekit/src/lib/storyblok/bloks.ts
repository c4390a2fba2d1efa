import { defineBloks, lazy } from '@keyblok/sveltekit/stories'
import Article from '#lib/components/Article.svelte'
import Author from '#lib/components/Author.svelte'
import Category from '#lib/components/Category.svelte'
import Featured from '#lib/components/Featured.svelte'
import Grid from '#lib/components/Grid.svelte'
import Guide from '#lib/components/Guide.svelte'
import Hero from '#lib/components/Hero.svelte'
import Page from '#lib/components/Page.svelte'
import Quote from '#lib/components/Quote.svelte'
import Route from '#lib/components/Route.svelte'
import Teaser from '#lib/components/Teaser.svelte'
import Text from '#lib/components/Text.svelte'

export default defineBloks({
  page: Page,
  article: Article,
  guide: Guide,
  author: Author,
  category: Category,
  hero: Hero,
  featured: Featured,
  grid: Grid,
  teaser: Teaser,
  quote: Quote,
  // Few pages have one: the others do without its code.
  gallery: lazy(() => import('#lib/components/Gallery.svelte')),
  text: Text,
  route: Route,
})
