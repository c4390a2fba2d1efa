import type { ContentStory, StoredBlok } from './content/types.js'

/** A story to add to a space; what is left out is made up. */
export interface StoryInput {
  fullSlug: string
  content: StoredBlok
  uuid?: string
  name?: string
  /** Whether it is published, as it is by default. */
  published?: boolean
  position?: number
  tags?: string[]
}

/** Completes a story that has only what matters. */
export function completeStory(
  { fullSlug, content, uuid, name, published = true, position = 0, tags = [] }: StoryInput,
  id: number,
): ContentStory {
  const time = '2026-01-01T00:00:00.000Z'
  const ownUuid = uuid ?? `00000000-0000-4000-8000-${id.toString(16).padStart(12, '0')}`
  const slug = fullSlug.replace(/\/$/, '').split('/').at(-1) ?? fullSlug
  return {
    id,
    uuid: ownUuid,
    name: name ?? slug,
    slug,
    fullSlug,
    parentId: 0,
    isFolder: false,
    isStartpage: fullSlug.endsWith('/'),
    position,
    groupId: ownUuid,
    tags,
    sortByDate: null,
    path: null,
    translatedSlugs: null,
    createdAt: time,
    updatedAt: time,
    publishedAt: published ? time : null,
    firstPublishedAt: published ? time : null,
    draft: content,
    published: published ? content : null,
  }
}
