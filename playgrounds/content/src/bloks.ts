import type { Story } from '@keyblok/core'
import type { RichTextDocument } from './richtext.js'

// The space's components, in the shape that generated types have.

/** Every relation of the space, as it arrives unasked. */
export interface Unresolved {
  'article.author': string
  'article.category': string
  'article.related': string
  'featured.articles': string
}

interface BlokBase<Component extends string> {
  _uid: string
  component: Component
  _editable?: string
}

export interface Asset {
  id: number | null
  filename: string
  alt: string
}

export interface Multilink {
  linktype: 'story' | 'url' | 'email' | 'asset'
  id: string
  url: string
  cached_url: string
  email?: string
}

export interface Page<out R extends Unresolved = Unresolved> extends BlokBase<'page'> {
  body?: Section<R>[]
  seo_title?: string
  seo_description?: string
}

export interface Article<out R extends Unresolved = Unresolved> extends BlokBase<'article'> {
  title: string
  /** Shown in lists, at most two sentences. */
  teaser: string
  image?: Asset
  author?: Story<Author> | null | R['article.author']
  category?: Story<Category> | null | R['article.category']
  published_on?: string
  body: RichTextDocument
  related?: (Story<Article<R>> | R['article.related'])[]
}

export interface Guide extends BlokBase<'guide'> {
  title: string
  image?: Asset
  rock?: 'granite' | 'gneiss' | 'gabbro' | 'limestone' | 'sandstone'
  grades?: string
  season?: string
  /** Minutes on foot. */
  approach?: string
  body?: RichTextDocument
  routes?: Route[]
}

export interface Author extends BlokBase<'author'> {
  name: string
  portrait?: Asset
  home?: string
  bio?: string
}

export interface Category extends BlokBase<'category'> {
  name: string
  summary?: string
}

export interface Hero extends BlokBase<'hero'> {
  headline: string
  lead?: string
  image?: Asset
  link?: Multilink
  link_label?: string
}

export interface Featured<out R extends Unresolved = Unresolved> extends BlokBase<'featured'> {
  headline?: string
  articles?: (Story<Article<R>> | R['featured.articles'])[]
}

export interface Grid extends BlokBase<'grid'> {
  headline?: string
  columns?: Teaser[]
}

export interface Teaser extends BlokBase<'teaser'> {
  headline: string
  text?: string
  link?: Multilink
  image?: Asset
}

export interface Quote extends BlokBase<'quote'> {
  text: string
  source?: string
}

export interface Gallery extends BlokBase<'gallery'> {
  headline?: string
  images?: Asset[]
}

export interface Text extends BlokBase<'text'> {
  body?: RichTextDocument
}

export interface Route extends BlokBase<'route'> {
  name: string
  grade?: string
  /** Metres. */
  length?: string
  note?: string
}

export type Section<R extends Unresolved = Unresolved> = Hero | Featured<R> | Grid | Quote | Gallery | Text

/** The space, as a playground registers it with its adapter. */
export interface DemoSpace<R extends Unresolved> {
  bloks: {
    page: Page<R>
    article: Article<R>
    guide: Guide
    author: Author
    category: Category
    hero: Hero
    featured: Featured<R>
    grid: Grid
    teaser: Teaser
    quote: Quote
    gallery: Gallery
    text: Text
    route: Route
  }
  contentTypes: 'page' | 'article' | 'guide' | 'author' | 'category'
  relations: Unresolved
}
