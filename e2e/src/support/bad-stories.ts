import type { StoryInput } from '@keyblok/space'

const uuid = (digit: string): string => `00000000-0000-4000-8000-${digit.repeat(12)}`
const content = (title: string, more: object = {}) => ({ _uid: title, component: 'page', title, ...more })

/** A box in a box, and so on. */
function nested(depth: number): object {
  let box: object = { _uid: 'innermost', component: 'box', text: 'innermost' }
  for (let level = 1; level < depth; level++) box = { _uid: `box-${level}`, component: 'box', body: [box] }
  return box
}

/** Stories that editors, or programs, got wrong; and some that are only large. */
export const badStories: readonly StoryInput[] = [
  { fullSlug: 'home', content: content('Home') },
  { fullSlug: 'no-component', content: { _uid: 'x', component: '', title: 'No component' } },
  { fullSlug: 'cyclic-a', uuid: uuid('a'), content: content('A', { next: uuid('b') }) },
  { fullSlug: 'cyclic-b', uuid: uuid('b'), content: content('B', { next: uuid('a') }) },
  { fullSlug: 'itself', uuid: uuid('c'), content: content('Itself', { next: uuid('c') }) },
  {
    fullSlug: 'large',
    content: content('Large', { body: [{ _uid: 'l', component: 'box', text: 'x'.repeat(10_000_000) }] }),
  },
  { fullSlug: 'deep', content: content('Deep', { body: [nested(100)] }) },
  {
    fullSlug: 'no-asset',
    content: content('No asset', { image: { id: null, filename: null, alt: null, fieldtype: 'asset' } }),
  },
  {
    fullSlug: 'strange',
    content: content('Strange', {
      body: [null, 'text', {}, { component: 7 }, { component: '__proto__' }, { component: 'nobody' }],
    }),
  },
  { fullSlug: 'list', content: content('List', { body: 'no list' }) },
]
