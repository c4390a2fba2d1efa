import type { Component } from 'svelte'
import siteSpace from 'virtual:keyblok/space'
import { describe, expectTypeOf, it } from 'vitest'
import { privateAssets, prerenderStories, storiesLoad, storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { defineBlokData, defineBloks, defineSpace, defineStories, lazy } from '@keyblok/sveltekit/stories'
import type { Blok, BlokProps, Space, Story, StoryOf } from '@keyblok/sveltekit/stories'

interface Article extends Blok<'article'> {
  title: string
  author?: Story<Author> | null
}
interface Author extends Blok<'author'> {
  name: string
}
interface Latest extends Blok<'latest'> {
  count: string
}

declare module '@keyblok/sveltekit/stories' {
  // oxlint-disable-next-line no-unused-vars -- augmentations name it alike
  interface Spaces<R> {
    default: {
      bloks: { article: Article; author: Author; latest: Latest }
      contentTypes: 'article' | 'author'
      relations: { 'article.author': string }
      datasources: Record<never, never>
    }
  }
  interface Register {
    blokData: typeof blokData
  }
}

const space = defineSpace({ resolveRelations: ['article.author'] })
const articles = defineStories(space, { contentType: 'article' })
const blokData = defineBlokData({
  latest: ({ blok, storyblok }) => storyblok.all(articles).then((list) => list.slice(0, Number(blok.count))),
})

declare const Any: Component<{ blok: Article }>
declare const Named: Component<{ blok: Author }>
declare const Listed: Component<BlokProps<'latest'>>
declare const Wrong: Component<{ blok: { headline: string } }>

describe('a load', () => {
  it('gives the story of its source, as pages get it', () => {
    const load = storyLoad(articles, ({ params }) => params.slug)
    type Data = Awaited<ReturnType<typeof load>>
    expectTypeOf<Data['story']['content']['title']>().toEqualTypeOf<string>()
    expectTypeOf<Data['story']>().toEqualTypeOf<StoryOf<'article'>>()
    expectTypeOf<Data['story']>().not.toHaveProperty('position')
  })

  it('gives a list, or what was selected of it', () => {
    type Whole = Awaited<ReturnType<ReturnType<typeof whole>>>
    const whole = () => storiesLoad(articles)
    expectTypeOf<Whole['stories'][number]['content']['title']>().toEqualTypeOf<string>()
    const load = storiesLoad(articles, { select: ({ name, content }) => ({ name, title: content.title }) })
    type Data = Awaited<ReturnType<typeof load>>
    expectTypeOf<Data['stories'][number]>().toEqualTypeOf<{ name: string; title: string }>()
  })

  it('has the entries of its route', () => {
    expectTypeOf(storyEntries(articles)).returns.resolves.toEqualTypeOf<{ slug: string }[]>()
    expectTypeOf(prerenderStories()).toEqualTypeOf<boolean | 'auto'>()
  })
})

describe('the app’s own space', () => {
  it('can be imported anywhere', () => {
    expectTypeOf(siteSpace).toExtend<Space>()
  })
})

describe('the map of components', () => {
  it('takes a component for each blok, now or late', () => {
    expectTypeOf(defineBloks).toBeCallableWith({ article: Any, author: Named, latest: Listed })
    const late = lazy(async () => ({ default: Named }))
    expectTypeOf(defineBloks).toBeCallableWith({ article: null, author: late, latest: Listed })
  })

  it('refuses a map that lacks one, or has a wrong one', () => {
    // @ts-expect-error -- author and latest are missing
    expectTypeOf(defineBloks).toBeCallableWith({ article: Any })
    // @ts-expect-error -- it wants another blok
    expectTypeOf(defineBloks).toBeCallableWith({ article: Wrong, author: Named, latest: Listed })
    const bare = async () => ({ default: Any })
    // @ts-expect-error -- a bare import is no component
    expectTypeOf(defineBloks).toBeCallableWith({ article: bare, author: Named, latest: Listed })
  })
})

describe('blok data', () => {
  it('is a prop of the blok’s component, typed as its function gives it', () => {
    expectTypeOf<BlokProps<'latest'>['data'][number]['content']['title']>().toEqualTypeOf<string>()
    expectTypeOf<BlokProps<'article'>>().not.toHaveProperty('data')
  })

  it('is for bloks of the space, whose fields it knows', () => {
    // @ts-expect-error -- there is no such blok
    expectTypeOf(defineBlokData).toBeCallableWith({ nobody: () => 1 })
  })
})

describe('privateAssets', () => {
  it('asks for somebody who decides, by yes or no', () => {
    expectTypeOf(privateAssets).toBeCallableWith({ authorize: () => true })
    // @ts-expect-error -- without it everybody could have every asset
    expectTypeOf(privateAssets).toBeCallableWith({})
    // @ts-expect-error -- a word decides nothing
    expectTypeOf(privateAssets).toBeCallableWith({ authorize: () => 'yes' })
  })
})
