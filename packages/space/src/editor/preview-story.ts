import { notFound } from '../answer.js'
import { localizeAssets } from '../assets/localize.js'
import type { StoredBlok, TranslatedSlug } from '../content/types.js'
import type { SpaceContext } from '../context.js'
import { visitBloks } from '../delivery/bloks.js'
import { readLanguage } from '../delivery/language.js'
import { deliverStory } from '../delivery/story.js'
import type { DeliveredStory, StoryRequest } from '../delivery/story.js'
import type { View } from '../store/stories.js'

/** A story as somebody edits it, before it is saved. */
export interface UnsavedStory {
  storyId: number
  content: StoredBlok
  language: string
  release: number | null
  /** The relations that the page asks for, `component.field` each. */
  resolveRelations: readonly string[]
  /** The origin that assets are served from. */
  origin: string
}

/**
 * Builds the story of the bridge's `input` message: the delivered draft with what was not saved, the relations that the
 * page asks for put in place of their UUIDs, one level deep.
 *
 * @throws {WireError} With status 404 when there is no such story.
 */
export function previewStory(context: SpaceContext, unsaved: UnsavedStory): DeliveredStory {
  const { store, behaviour } = context
  const entry = store.stories.get(unsaved.storyId)
  if (!entry || entry.is_folder) throw notFound()
  const languages = store.space.languages.map(({ code }) => code)
  const request: StoryRequest = {
    store,
    behaviour,
    isDraft: true,
    release: unsaved.release,
    language: readLanguage(new URLSearchParams({ language: unsaved.language }), languages),
    query: new URLSearchParams(),
  }
  const view: View = unsaved.release === null ? ['draft'] : [`release:${unsaved.release}`, 'draft']
  const row = { ...entry, version: view[0], content: JSON.stringify(unsaved.content) }
  const story = deliverStory(row, request)
  inlineRelations(story.content, unsaved.resolveRelations, (uuid) => {
    const related = store.stories.find(view, { sql: 's.uuid = ?', values: [uuid] })
    return related && deliverStory(related, request)
  })
  const localized = localizeAssets(JSON.stringify(story), unsaved.origin, store)
  return { ...(JSON.parse(localized) as DeliveredStory), translated_slugs: editorSlugs(entry.id, row.translated_slugs) }
}

/** In the editor's messages a translated slug looks another way than in the delivery API. */
function editorSlugs(storyId: number, json: string | null): Record<string, unknown>[] {
  return (JSON.parse(json ?? '[]') as TranslatedSlug[]).map(({ path, name, lang, published }, index) => ({
    id: storyId * 100 + index,
    lang,
    slug: path.split('/').at(-1),
    name,
    published,
  }))
}

function inlineRelations(
  content: StoredBlok,
  relations: readonly string[],
  find: (uuid: string) => DeliveredStory | undefined,
): void {
  const bloks: StoredBlok[] = []
  visitBloks(content, (blok) => bloks.push(blok))
  for (const blok of bloks) {
    for (const relation of relations) {
      const [component, field] = relation.split('.')
      if (component !== blok.component || field === undefined) continue
      const value = blok[field]
      if (Array.isArray(value)) blok[field] = value.map((word) => (typeof word === 'string' && find(word)) || word)
      else if (typeof value === 'string') blok[field] = find(value) ?? value
    }
  }
}
