import type { SourceStory, StorySource } from '@keyblok/core'
import { Site } from '@keyblok/core/server'
import type { ReadOptions, Storyblok, Version } from '@keyblok/core/server'
import type { LocalSpace } from '@keyblok/space'
import { pageData } from '../page/page-data.js'
import type { PageData } from '../stories.js'

export interface LocalSpaceFixtureOptions {
  /** The folder into which Storyblok's command line pulled the space; `.storyblok` by default. */
  content?: string
  /** What tests read; `published` by default. */
  version?: Version
}

/** What a test gets. */
export interface LocalSpaceFixtures {
  /** The local space, to publish in, or to change a story. */
  space: LocalSpace
  /** Reads as `event.locals.storyblok` does. */
  storyblok: Storyblok
  /** Gives a story as its page gets it: what `storyLoad` sends, without blok data. It throws when there is none. */
  loadStory: <Type extends string, Name extends string, Relation extends string>(
    source: StorySource<Type, Name, Relation>,
    slug?: string,
    options?: ReadOptions,
  ) => Promise<PageData<SourceStory<Type, Name, Relation>>>
}

/** How Vitest takes a fixture. */
type Fixture<Value, Others = object> = (others: Others, use: (value: Value) => Promise<void>) => Promise<void>

/**
 * Makes fixtures for Vitest's `test.extend`: a local space for each test, in this process and without a network, and what
 * reads it. It needs `@keyblok/space`.
 *
 * @example
 * ```ts
 * import { localSpace } from '@keyblok/sveltekit/testing'
 * import { test as base } from 'vitest'
 *
 * export const test = base.extend(localSpace({ content: '.storyblok' }))
 * // test('…', async ({ loadStory }) => render(Article, { blok: (await loadStory(articles, 'small-gear')).content }))
 * ```
 */
export function localSpace({ content = '.storyblok', version = 'published' }: LocalSpaceFixtureOptions = {}): {
  space: Fixture<LocalSpace>
  storyblok: Fixture<Storyblok, Pick<LocalSpaceFixtures, 'space'>>
  loadStory: Fixture<LocalSpaceFixtures['loadStory'], Pick<LocalSpaceFixtures, 'storyblok'>>
} {
  return {
    // Vitest reads from the parameter which fixtures one needs.
    // oxlint-disable-next-line no-empty-pattern
    space: async ({}, use) => {
      const { createLocalSpace } = await import('@keyblok/space')
      const space = createLocalSpace({ content })
      await use(space)
      space.close()
    },
    storyblok: async ({ space }, use) => use(readerOf(space, version)),
    loadStory: async ({ storyblok }, use) =>
      use(async (source, slug, options) => {
        const story = await storyblok.story<string, string, string>(source, slug, options)
        if (!story) throw new Error(`The local space has no such story: ${source.startsWith}${slug ?? ''}`)
        const richText = { space: source.space, language: options?.language }
        return pageData(story, { richText, building: false }) as never
      }),
  }
}

function readerOf(space: LocalSpace, version: Version): Storyblok {
  const variables: Readonly<Record<string, string>> = {
    STORYBLOK_ENVIRONMENT: 'test',
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_API_URL: 'http://127.0.0.1',
    STORYBLOK_PUBLIC_TOKEN: space.tokens.public,
    STORYBLOK_PREVIEW_TOKEN: space.tokens.preview,
  }
  const site = new Site({
    env: (name) => variables[name],
    dev: false,
    // What a test publishes shows at once.
    memoryCacheBytes: 0,
    fetch: (input, init) => space.fetch(new Request(input, init)),
  })
  return site.visit({ local: false, version })
}
