// Written by `keyblok types`. Edits are overwritten.
/* eslint-disable */
/* oxlint-disable */

import type * as keyblok from '@keyblok/sveltekit/stories'

/** Every relation of the space, as it arrives unasked: a UUID. */
export interface Unresolved {
  'article.author': string
  'article.category': string
  'article.related': string
  'featured.articles': string
}

/** A long read */
export interface Article<out R extends Unresolved = Unresolved> extends keyblok.Blok<'article'> {
  title: string
  /** Shown in lists, at most two sentences */
  teaser: string
  image?: keyblok.Asset | null
  author?: keyblok.Story<Author> | null | R['article.author']
  category?: keyblok.Story<Category> | null | R['article.category']
  published_on?: string | null
  body: keyblok.RichText<AnyBlok<R>>
  related?: (keyblok.Story<Article<R>> | R['article.related'])[]
}

export interface Author extends keyblok.Blok<'author'> {
  name: string
  portrait?: keyblok.Asset | null
  home?: string | null
  bio?: string | null
}

export interface Category extends keyblok.Blok<'category'> {
  name: string
  summary?: string | null
}

export interface Featured<out R extends Unresolved = Unresolved> extends keyblok.Blok<'featured'> {
  headline?: string | null
  articles?: (keyblok.Story<Article<R>> | R['featured.articles'])[]
}

export interface Gallery extends keyblok.Blok<'gallery'> {
  headline?: string | null
  images?: keyblok.Asset[] | null
}

export interface Grid extends keyblok.Blok<'grid'> {
  headline?: string | null
  columns?: Teaser[] | null
}

export interface Guide<out R extends Unresolved = Unresolved> extends keyblok.Blok<'guide'> {
  title: string
  image?: keyblok.Asset | null
  rock?: 'granite' | 'gneiss' | 'gabbro' | 'limestone' | 'sandstone' | '' | null
  grades?: string | null
  season?: string | null
  /** Minutes on foot */
  approach?: string | null
  body?: keyblok.RichText<AnyBlok<R>> | null
  routes?: Route[] | null
}

export interface Hero extends keyblok.Blok<'hero'> {
  headline: string
  lead?: string | null
  image?: keyblok.Asset | null
  link?: keyblok.Multilink<'story' | 'url'> | null
  link_label?: string | null
}

/** A page made of sections */
export interface Page<out R extends Unresolved = Unresolved> extends keyblok.Blok<'page'> {
  body?: (Featured<R> | Gallery | Grid | Hero | Quote | Text<R>)[] | null
  seo_title?: string | null
  seo_description?: string | null
}

export interface Quote extends keyblok.Blok<'quote'> {
  text: string
  source?: string | null
}

export interface Route extends keyblok.Blok<'route'> {
  name: string
  grade?: string | null
  /** Metres */
  length?: string | null
  note?: string | null
}

export interface Teaser extends keyblok.Blok<'teaser'> {
  headline: string
  text?: string | null
  link?: keyblok.Multilink<'story' | 'url'> | null
  image?: keyblok.Asset | null
}

export interface Text<out R extends Unresolved = Unresolved> extends keyblok.Blok<'text'> {
  body?: keyblok.RichText<AnyBlok<R>> | null
}

/** The bloks that can stand where a field allows any. */
export type AnyBlok<R extends Unresolved = Unresolved> = Featured<R> | Gallery | Grid | Hero | Quote | Route | Teaser | Text<R>

export interface Bloks<out R extends Unresolved = Unresolved> {
  article: Article<R>
  author: Author
  category: Category
  featured: Featured<R>
  gallery: Gallery
  grid: Grid
  guide: Guide<R>
  hero: Hero
  page: Page<R>
  quote: Quote
  route: Route
  teaser: Teaser
  text: Text<R>
}

declare module '@keyblok/sveltekit/stories' {
  interface Spaces<R> {
    default: {
      bloks: Bloks<R & Unresolved>
      contentTypes: 'article' | 'author' | 'category' | 'guide' | 'page'
      relations: Unresolved
      datasources: {
        rocks: 'granite' | 'gneiss' | 'gabbro' | 'limestone' | 'sandstone'
      }
    }
  }
}
