import { liveStoryLoader, storyLoader } from '@keyblok/astro/server'
import type { LiveStoriesFilter, Storyblok } from '@keyblok/astro/server'
import { defineBloks, defineSpace, defineStories, editable, lazy, richTextToText } from '@keyblok/astro/stories'
import type {
  BlokOf,
  BlokProps,
  FromContentTypes,
  Plugin,
  RichText,
  RichTextComponents,
  RichTextProps,
  Space,
  Story,
  StoryOf,
} from '@keyblok/astro/stories'
import { fakeBlok, fakeStory } from '@keyblok/astro/testing'
import type { LiveLoader, Loader } from 'astro/loaders'
import type { z } from 'astro/zod'
import { describe, expectTypeOf, it } from 'vitest'

// The package is imported as a site does: augmentations have to reach the core through its entries.

// What `keyblok types` writes, in the small.
interface Unresolved {
  'post.author': string
  'post.related': string
  'box.author': string
}
interface Author {
  _uid: string
  component: 'author'
  name: string
}
interface Post<out R extends Unresolved = Unresolved> {
  _uid: string
  component: 'post'
  title: string
  topic?: 'ice' | 'rock' | '' | null
  tags?: ('a' | 'b')[] | null
  map?: Plugin<'map'>
  seo?: Plugin<'seo'>
  author?: Story<Author> | null | R['post.author']
  related?: (Story<Post<R>> | R['post.related'])[]
  body?: Box<R>[]
}
interface Box<out R extends Unresolved = Unresolved> {
  _uid: string
  component: 'box'
  author?: Story<Author> | null | R['box.author']
}

declare module '@keyblok/astro/stories' {
  interface Spaces<R> {
    default: {
      bloks: { post: Post<R & Unresolved>; author: Author; box: Box<R & Unresolved> }
      contentTypes: 'post' | 'author'
      relations: Unresolved
      datasources: { colors: 'red' | 'blue' }
    }
  }
  interface FieldPlugins {
    map: { latitude: number }
  }
  interface Register {
    space: typeof space
  }
}

type Asked = 'post.author' | 'box.author'
const space: Space<'default', Asked> = defineSpace({ resolveRelations: ['post.author', 'box.author'] })
declare const storyblok: Storyblok

describe('types', () => {
  it('follow from the content type of a source', async () => {
    const posts = defineStories(space, { contentType: 'post' })
    expectTypeOf(await storyblok.story(posts, 'hello')).toEqualTypeOf<StoryOf<'post'> | null>()
    expectTypeOf(await storyblok.all(posts)).toEqualTypeOf<readonly StoryOf<'post'>[]>()
    expectTypeOf((await storyblok.stories(posts)).stories).toEqualTypeOf<readonly StoryOf<'post'>[]>()
  })

  it('are those of every content type without one', async () => {
    const story = await storyblok.story(defineStories(space))
    expectTypeOf(story!.content.component).toEqualTypeOf<'post' | 'author'>()
  })

  it('know that a registered relation is resolved', () => {
    expectTypeOf<BlokOf<'post'>['author']>().toEqualTypeOf<Story<Author> | null | undefined>()
    expectTypeOf<BlokProps<'post'>>().toEqualTypeOf<{ blok: BlokOf<'post'> }>()
  })

  it('resolve relations in nested bloks too, and leave what is not asked', () => {
    type Nested = NonNullable<BlokOf<'post'>['body']>[number]
    expectTypeOf<Nested['author']>().toEqualTypeOf<Story<Author> | null | undefined>()
    type Related = NonNullable<BlokOf<'post'>['related']>[number]
    expectTypeOf<Related>().toEqualTypeOf<Story<BlokOf<'post'>> | string>()
  })

  it('say where a source asks for less', async () => {
    const lean = defineStories(space, { contentType: 'post', resolveRelations: ['post.author'] })
    const story = await storyblok.story(lean)
    expectTypeOf(story!.content.author).toEqualTypeOf<Story<Author> | null | undefined>()
    expectTypeOf(story!.content.body![0]!.author).toEqualTypeOf<Story<Author> | string | null | undefined>()
    const none = await storyblok.story(defineStories(space, { contentType: 'post', resolveRelations: [] }))
    expectTypeOf(none!.content.author).toEqualTypeOf<Story<Author> | string | null | undefined>()
    const show = (_props: BlokProps<'post'>) => null
    // @ts-expect-error -- the component may show what this source leaves out
    show({ blok: story!.content })
  })

  it('let a source that asks for more pass where less is needed', async () => {
    const rich = defineStories(space, {
      contentType: 'post',
      resolveRelations: ['post.author', 'post.related', 'box.author'],
    })
    const show = (_props: BlokProps<'post'>) => null
    show({ blok: (await storyblok.story(rich))!.content })
  })

  it('reject relations that the space does not have', () => {
    // @ts-expect-error -- misspelt
    defineSpace({ resolveRelations: ['post.autor'] })
    // @ts-expect-error -- misspelt
    defineStories(space, { resolveRelations: ['post.autor'] })
  })

  it('check filters and orders by the fields of the content type', () => {
    const source = { contentType: 'post' } as const
    defineStories(space, { ...source, filterQuery: { topic: { in: ['ice', ''] }, tags: { any_in_array: 'a' } } })
    defineStories(space, {
      ...source,
      filterQuery: { 'body.0.component': { in: 'box' }, __or: [{ title: { like: 'A*' } }] },
    })
    defineStories(space, { ...source, sortBy: ['content.topic:asc', 'position:desc'] })
    // @ts-expect-error -- misspelt
    defineStories(space, { ...source, filterQuery: { tipic: { in: 'ice' } } })
    // @ts-expect-error -- not one of the field's values
    defineStories(space, { ...source, filterQuery: { topic: { in: 'snow' } } })
    // @ts-expect-error -- not one of the array's values
    defineStories(space, { ...source, filterQuery: { tags: { any_in_array: ['c'] } } })
    // @ts-expect-error -- there is no such operator
    defineStories(space, { ...source, filterQuery: { topic: { equals: 'ice' } } })
    // @ts-expect-error -- a path that starts nowhere
    defineStories(space, { ...source, filterQuery: { 'boddy.0.component': { in: 'box' } } })
    // @ts-expect-error -- no such field
    defineStories(space, { ...source, sortBy: 'content.tipic:asc' })
    // @ts-expect-error -- no direction
    defineStories(space, { ...source, sortBy: 'position' })
  })

  it('give a datasource its values', async () => {
    const entries = await storyblok.datasource(space, 'colors')
    expectTypeOf(entries[0]!.value).toEqualTypeOf<'red' | 'blue'>()
    // @ts-expect-error -- misspelt
    storyblok.datasource(space, 'colours')
  })

  it('give plugins the type that the site declares, else none', () => {
    expectTypeOf<BlokOf<'post'>['map']>().toEqualTypeOf<{ latitude: number } | undefined>()
    expectTypeOf<BlokOf<'post'>['seo']>().toBeUnknown()
  })

  it('come from the union of Storyblok’s command line as well', () => {
    interface Leaf {
      component: 'leaf'
      _uid: string
      [key: string]: unknown
    }
    interface Branch {
      component: 'branch'
      _uid: string
      leaves?: (Leaf | Branch)[]
    }
    interface Tree {
      component: 'tree'
      _uid: string
      branches: Branch[]
    }
    type Content = FromContentTypes<Tree>
    expectTypeOf<keyof Content['bloks']>().toEqualTypeOf<'tree' | 'branch' | 'leaf'>()
    expectTypeOf<Content['bloks']['branch']>().toEqualTypeOf<Branch>()
    expectTypeOf<Content['contentTypes']>().toEqualTypeOf<'tree'>()
  })

  it('ask for a component of each name, with its own props', () => {
    const post = (_props: BlokProps<'post'>) => null
    const author = (_props: BlokProps<'author'>) => null
    const box = (_props: BlokProps<'box'>) => null
    defineBloks({ post, author, box })
    defineBloks({ post, author: null, box: lazy(() => Promise.resolve({ default: box })) })
    // @ts-expect-error -- a lazy one of another blok
    defineBloks({ post, author, box: lazy(() => Promise.resolve({ default: author })) })
    // @ts-expect-error -- no such blok
    defineBloks({ post, author, box, bux: box })
    // @ts-expect-error -- author is missing
    defineBloks({ post, box })
    // @ts-expect-error -- each other's
    defineBloks({ post: author, author: post, box })
  })

  it('ask of the components of rich text that they take what their node is', () => {
    const heading = (_props: RichTextProps<'heading'>) => null
    const link = (_props: { href: string; target?: string }) => null
    const components: RichTextComponents = { heading, link, blok: ({ bloks }) => bloks.length }
    expectTypeOf(components.heading).toEqualTypeOf<((props: RichTextProps<'heading'>) => unknown) | undefined>()
    expectTypeOf<RichTextProps<'heading'>['level']>().toEqualTypeOf<1 | 2 | 3 | 4 | 5 | 6>()
    expectTypeOf<RichTextProps<'code_block'>['language']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<RichTextProps<'tableRow'>['node']['type']>().toExtend<string>()
    // @ts-expect-error -- no such node or mark
    void ({ headline: heading } satisfies RichTextComponents)
    // @ts-expect-error -- a link has no level
    void ({ link: heading } satisfies RichTextComponents)
  })

  it('take rich text with any bloks in it', () => {
    expectTypeOf<RichText<Post>>().toExtend<RichText<unknown>>()
    const body: RichText<Post> | null = null
    expectTypeOf(richTextToText(body)).toBeString()
    expectTypeOf(editable({ component: 'post', _uid: '1', title: '' } as Post & { _editable?: string })).toBeObject()
  })

  it('reject content types that the space does not have', () => {
    // @ts-expect-error -- misspelt
    defineStories(space, { contentType: 'psot' })
    // @ts-expect-error -- Keyblok's names, not the wire's
    defineStories(space, { starts_with: 'blog/' })
    // @ts-expect-error -- the environment's variables share a start
    defineSpace({ envPrefix: 'DOCS' })
  })
})

describe('collections', () => {
  const posts = defineStories(space, { contentType: 'post' })

  it('hold the stories of their source', () => {
    const loader = storyLoader(posts)
    type Entry = z.infer<(typeof loader)['schema']>
    expectTypeOf(loader).toExtend<Loader>()
    expectTypeOf<Entry>().not.toBeAny()
    expectTypeOf<Entry['content']['title']>().toEqualTypeOf<string>()
    expectTypeOf<NonNullable<Entry['content']['author']>['content']['name']>().toEqualTypeOf<string>()
  })

  it('that are live hold them too, and take filters on their fields', () => {
    const loader = liveStoryLoader(posts)
    type Entry = typeof loader extends LiveLoader<infer Data> ? Data : never
    expectTypeOf<Entry['content']['title']>().toEqualTypeOf<string>()
    const filter: LiveStoriesFilter<'post', 'default'> = {
      filterQuery: { topic: { in: 'ice' } },
      sortBy: 'content.title:asc',
    }
    expectTypeOf(filter).not.toBeAny()
    // @ts-expect-error -- there is no such topic
    const wrong: LiveStoriesFilter<'post', 'default'> = { filterQuery: { topic: { in: 'sand' } } }
    expectTypeOf(wrong).not.toBeAny()
  })
})

describe('fakes', () => {
  it('are bloks of their component', () => {
    expectTypeOf(fakeBlok('author', { name: 'Ada' })).toEqualTypeOf<BlokOf<'author'>>()
    expectTypeOf(fakeStory('author', { name: 'Ada' }).content.name).toEqualTypeOf<string>()
    // @ts-expect-error -- there is no such field
    fakeBlok('author', { name: 'Ada', age: 3 })
    // @ts-expect-error -- the name is missing
    fakeBlok('author', {})
    // @ts-expect-error -- there is no such component
    fakeBlok('nobody', {})
  })
})
