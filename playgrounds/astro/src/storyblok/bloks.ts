import { defineBloks, lazy } from '@keyblok/astro/stories'
import Article from '../components/Article.astro'
import Author from '../components/Author.astro'
import Category from '../components/Category.astro'
import Featured from '../components/Featured.astro'
import Grid from '../components/Grid.astro'
import Guide from '../components/Guide.astro'
import Hero from '../components/Hero.astro'
import Page from '../components/Page.astro'
import Quote from '../components/Quote.astro'
import Route from '../components/Route.astro'
import Teaser from '../components/Teaser.astro'
import Text from '../components/Text.astro'

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
  gallery: lazy(() => import('../components/Gallery.astro')),
  text: Text,
  route: Route,
})
