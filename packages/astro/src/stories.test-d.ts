import type { Storyblok } from '@keyblok/astro/server'
import { defineBloks, defineSpace, defineStories } from '@keyblok/astro/stories'
import type { BlokOf, BlokProps, Space, Story, StoryOf } from '@keyblok/astro/stories'
import { describe, expectTypeOf, it } from 'vitest'

// The package is imported as a site does: augmentations have to reach the core through its entries.

// What `keyblok types` writes, in the small.
interface Unresolved {
  'post.author': string
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
  author?: Story<Author> | null | R['post.author']
}

declare module '@keyblok/astro/stories' {
  interface Spaces<R> {
    default: {
      bloks: { post: Post<R & Unresolved>; author: Author }
      contentTypes: 'post' | 'author'
      relations: Unresolved
    }
  }
  interface Register {
    space: typeof space
  }
}

const space: Space<'default', 'post.author'> = defineSpace({ resolveRelations: ['post.author'] })
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

  it('ask for a component of each name, with its own props', () => {
    const post = (_props: BlokProps<'post'>) => null
    const author = (_props: BlokProps<'author'>) => null
    defineBloks({ post, author })
    // @ts-expect-error -- author is missing
    defineBloks({ post })
    // @ts-expect-error -- each other's
    defineBloks({ post: author, author: post })
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
