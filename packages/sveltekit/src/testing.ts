import { defineSpace } from '@keyblok/core'
import type { BlokName, BlokOf, Story as ReadStory } from '@keyblok/core'
import { fakeBlok as fakeCoreBlok, fakeStory as fakeCoreStory } from '@keyblok/core/testing'
import type { FakeFields } from '@keyblok/core/testing'
import { pageData } from './page/page-data.js'
import type { PageData, Story } from './stories.js'

export { localSpace } from './testing/local-space.js'
export type { LocalSpaceFixtures, LocalSpaceFixtureOptions } from './testing/local-space.js'
export type { FakeFields } from '@keyblok/core/testing'

/**
 * Makes a blok for a test of a component, as a page gets it. With generated types, a field that is missing, misspelt or of
 * another type is an error.
 *
 * @param component - The component's name.
 * @param fields - Its fields. `_uid` is the component's name with a number unless it is given.
 *
 * @example
 * ```ts
 * import { fakeBlok } from '@keyblok/sveltekit/testing'
 *
 * const teaser = fakeBlok('teaser', { headline: 'Hello' })
 * ```
 */
export function fakeBlok<const Component extends BlokName>(
  component: Component,
  fields: FakeFields<Component>,
): BlokOf<Component> {
  return pageOf(fakeCoreBlok(component, fields)) as BlokOf<Component>
}

/**
 * Makes a published story for a test of a page, as the page gets it.
 *
 * @param component - The content type.
 * @param fields - The fields of its content.
 * @param story - What else differs from a story called after its component, at the root of the space.
 *
 * @example
 * ```ts
 * import { fakeStory } from '@keyblok/sveltekit/testing'
 *
 * const article = fakeStory('article', { title: 'Hello' }, { full_slug: 'articles/hello', href: '/articles/hello' })
 * ```
 */
export function fakeStory<const Component extends BlokName>(
  component: Component,
  fields: FakeFields<Component>,
  story: Partial<Omit<Story, 'content'>> = {},
): Story<BlokOf<Component>> {
  return pageOf(fakeCoreStory(component, fields, story as Partial<Omit<ReadStory, 'content'>>)) as Story<
    BlokOf<Component>
  >
}

const space = defineSpace()

function pageOf<Value>(value: Value): PageData<Value> {
  return pageData(value, { richText: { space }, building: false })
}
