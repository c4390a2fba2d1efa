import type { Catalogue } from './entry.js'

export type ContentFindingId = 'content-misfit'

/** What is wrong with content. */
export const contentFindings: Catalogue<ContentFindingId> = {
  'content-misfit': {
    severity: 'error',
    why: 'Generated types promise what the components say; a page that relies on it fails on this story.',
    fix: 'Correct the story in Storyblok, or the component’s fields, and pull the components again.',
  },
}
