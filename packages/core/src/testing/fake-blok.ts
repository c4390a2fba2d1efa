import type { Blok } from '../stories/fields.js'
import type { BlokName, BlokOf, Story } from '../stories/types.js'

/** The fields of a component, without what every blok has. */
export type FakeFields<Component extends BlokName> = Omit<BlokOf<Component>, keyof Blok> &
  Partial<Pick<Blok, '_uid' | '_editable'>>

const made = new Map<string, number>()

/**
 * Makes a blok for a test. With generated types, a field that is missing, misspelt or of another type is an error.
 *
 * @param component - The component's name.
 * @param fields - Its fields. `_uid` is the component's name with a number unless it is given.
 *
 * @example
 * ```ts
 * import { fakeBlok } from '@keyblok/core/testing'
 *
 * const teaser = fakeBlok('teaser', { headline: 'Hello' })
 * ```
 */
export function fakeBlok<const Component extends BlokName>(
  component: Component,
  fields: FakeFields<Component>,
): BlokOf<Component> {
  const count = (made.get(component) ?? 0) + 1
  made.set(component, count)
  return { component, _uid: `${component}-${count}`, ...fields } as unknown as BlokOf<Component>
}

/**
 * Makes a published story for a test.
 *
 * @param component - The content type.
 * @param fields - The fields of its content.
 * @param story - What else differs from a story called after its component, at the root of the space.
 *
 * @example
 * ```ts
 * import { fakeStory } from '@keyblok/core/testing'
 *
 * const article = fakeStory('article', { title: 'Hello' }, { full_slug: 'articles/hello', href: '/articles/hello' })
 * ```
 */
export function fakeStory<const Component extends BlokName>(
  component: Component,
  fields: FakeFields<Component>,
  story: Partial<Omit<Story, 'content'>> = {},
): Story<BlokOf<Component>> {
  const content = fakeBlok(component, fields)
  const id = [...made.values()].reduce((sum, count) => sum + count, 0)
  const fullSlug = story.full_slug ?? component
  const time = '2026-01-01T00:00:00.000Z'
  return {
    id,
    uuid: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    name: component,
    slug: fullSlug.split('/').findLast(Boolean) ?? component,
    full_slug: fullSlug,
    created_at: time,
    updated_at: time,
    published_at: time,
    first_published_at: time,
    sort_by_date: null,
    position: 0,
    tag_list: [],
    is_startpage: fullSlug.endsWith('/'),
    parent_id: 0,
    group_id: `00000000-0000-4000-9000-${String(id).padStart(12, '0')}`,
    lang: 'default',
    path: null,
    href: `/${fullSlug}`.replace(/(.)\/$/, '$1'),
    alternates: [],
    ...story,
    content,
  }
}
