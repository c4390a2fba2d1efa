import { isFileUrl, prepareRichText } from '@keyblok/core'
import type { PreparedPart, PrepareOptions, RichText } from '@keyblok/core'
import { findReferences, share, UnsavedContent } from '@keyblok/core/editor'
import type { EditorStory } from '@keyblok/core/editor'
import type { StoryPreview } from './story-preview.js'

type Tree = Readonly<Record<string, unknown>>

/** A story as pages are sent it. */
export interface PageStory {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly content: Tree
  readonly _keyblok?: StoryPreview
}

/**
 * A story that an editor writes, as its page shows it. The editor's messages are no answers of the API: what the page knows
 * stands in for what they lack, such as the relations of relations, and what no page knows is asked of the server.
 *
 * Every part that a message leaves as it was stays the same object.
 */
export class LiveStory {
  readonly #loaded: PageStory
  readonly #preview: StoryPreview
  readonly #richText: PrepareOptions
  readonly #unsaved: UnsavedContent
  /** The components' fields that are relations. */
  readonly #relations: ReadonlySet<string>
  /** What was made of each part of the content before. */
  #made = new WeakMap<object, unknown>()
  readonly #stories = new Map<string, PageStory>()
  /** Those that stand too deep for their own relations to be there. */
  readonly #cut = new Set<string>()
  readonly #linked = new Map<string, unknown>()
  readonly #data = new Map<string, unknown>()
  /** UUIDs that the server was asked for; what it does not know is not there. */
  readonly #asked = new Set<string>()
  /** The last message. */
  #raw: EditorStory | undefined

  constructor(loaded: PageStory, preview: StoryPreview, richText: PrepareOptions) {
    this.#loaded = loaded
    this.#preview = preview
    this.#richText = { ...richText, language: preview.language }
    this.#unsaved = new UnsavedContent({ id: loaded.id, spaceId: preview.space }, preview.language)
    this.#relations = new Set(preview.relations)
    this.learn(loaded)
  }

  /** What was written and not saved. */
  get unsaved(): EditorStory | undefined {
    return this.#raw
  }

  /** Whether the story shows another one. */
  has(storyId: number): boolean {
    return [...this.#stories.values()].some(({ id }) => id === storyId)
  }

  /** Takes a message of the editor. */
  write(message: EditorStory): void {
    this.#raw = { ...message, content: share(this.#raw?.content, message.content) }
  }

  /** Gives the story as it is now. */
  get current(): PageStory {
    const { content = this.#loaded.content, name = this.#loaded.name, tag_list: tags } = this.#raw ?? {}
    return {
      ...this.#loaded,
      name,
      ...(tags && { tag_list: tags }),
      content: this.#make(this.#raw ? this.#unsaved.deliver(content) : content) as Tree,
    }
  }

  /** Whether only the server knows all that the story shows; for each story that is unknown it says so once. */
  get needsServer(): boolean {
    const { data, links: readsLinks } = this.#preview
    if (!this.#raw || (this.#relations.size === 0 && !readsLinks && data.length === 0)) return false
    const content = this.#unsaved.deliver(this.#raw.content)
    const { relations, links } = findReferences(content, this.#preview.relations)
    const unknown = [
      ...[...relations].filter((uuid) => !this.#stories.has(uuid) || this.#cut.has(uuid)),
      ...(readsLinks ? [...links].filter((uuid) => !this.#linked.has(uuid)) : []),
    ].filter((uuid) => !this.#asked.has(uuid))
    for (const uuid of unknown) this.#asked.add(uuid)
    return unknown.length > 0 || hasComponent(content, data)
  }

  /** Takes note of the stories and the data in what the server sent. */
  learn({ content }: PageStory): void {
    const seen = new Set<string>()
    // Level by level: of the same story twice, the one further up knows more of its relations.
    let level: { value: unknown; depth: number }[] = [{ value: content, depth: 0 }]
    while (level.length > 0) {
      const next: typeof level = []
      for (const { value, depth } of level) {
        if (typeof value !== 'object' || value === null) continue
        const inside = !Array.isArray(value) && isStory(value as Tree) ? depth + 1 : depth
        if (!Array.isArray(value)) this.#note(value as Tree, inside, seen)
        for (const inner of Object.values(value)) next.push({ value: inner, depth: inside })
      }
      level = next
    }
    // What was made before knew less.
    this.#made = new WeakMap()
  }

  /** Shows another state of a story that stands in this one. */
  replace(story: PageStory): void {
    this.#stories.set(story.uuid, story)
    this.#made = new WeakMap()
  }

  /** Gives a story that stands in this one. */
  find(storyId: number): PageStory | undefined {
    return [...this.#stories.values()].find(({ id }) => id === storyId)
  }

  #note(object: Tree, depth: number, seen: Set<string>): void {
    const { uuid, _uid: uid, _data: data } = object
    if (isStory(object) && !seen.has(object.uuid)) {
      seen.add(object.uuid)
      this.#stories.set(object.uuid, object)
      if (depth > 1 && hasRelation(object.content, this.#relations)) this.#cut.add(object.uuid)
      else this.#cut.delete(object.uuid)
    }
    if (typeof uid === 'string' && data !== undefined) this.#data.set(uid, data)
    const linked = uuid || object['id']
    if (object['linktype'] === 'story' && object['story']) this.#linked.set(String(linked), object['story'])
  }

  /** Makes content what a page is sent: rich text ready to show, and what is known where UUIDs stand. */
  #make(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const known = this.#made.get(value)
    if (known !== undefined) return known
    const made = Array.isArray(value) ? this.#makeAll(value) : this.#makeOf(value as Tree)
    this.#made.set(value, made)
    return made
  }

  #makeAll(list: readonly unknown[]): readonly unknown[] {
    const made = list.map((item) => this.#make(item))
    return made.every((item, index) => item === list[index]) ? list : made
  }

  #makeOf(object: Tree): unknown {
    // A story that stands in this one is whole already.
    if (isStory(object)) return this.#stories.get(object.uuid) ?? object
    const { component, filename, type } = object
    if (component === undefined && type === 'doc') return this.#richTextOf(object)
    if (component === undefined && typeof filename === 'string' && filename !== '' && !isFileUrl(filename)) {
      return { ...object, filename: '' }
    }
    return this.#objectOf(object)
  }

  /** Copies what changes. */
  #objectOf(object: Tree): Tree {
    const { component, _uid: uid, linktype } = object
    let copy: Record<string, unknown> | undefined
    for (const name in object) {
      const value = object[name]
      const isRelation = typeof component === 'string' && this.#relations.has(`${component}.${name}`)
      const made = isRelation ? this.#relate(value) : this.#make(value)
      if (made !== value) (copy ??= { ...object })[name] = made
    }
    const data = typeof uid === 'string' ? this.#data.get(uid) : undefined
    if (data !== undefined && object['_data'] === undefined) (copy ??= { ...object })['_data'] = data
    const linked = linktype === 'story' ? this.#linked.get(String(object['uuid'] || object['id'])) : undefined
    if (linked && !object['story']) (copy ??= { ...object })['story'] = linked
    return copy ?? object
  }

  #richTextOf(doc: Tree): unknown {
    const prepared = prepareRichText(doc as unknown as RichText<unknown>, this.#richText)
    return { ...prepared, parts: this.#partsOf(prepared.parts) }
  }

  #partsOf(parts: readonly PreparedPart<unknown>[]): PreparedPart<unknown>[] {
    return parts.map((part) => {
      if (typeof part === 'string') return part
      if ('bloks' in part) return { bloks: this.#make(part.bloks) as readonly unknown[] }
      return { ...part, children: this.#partsOf(part.children) }
    })
  }

  #relate(value: unknown): unknown {
    if (!Array.isArray(value)) return this.#related(value) ?? null
    const stories = value.map((item) => this.#related(item)).filter((story) => story !== undefined)
    return stories.length === value.length && stories.every((story, index) => story === value[index]) ? value : stories
  }

  #related(value: unknown): PageStory | undefined {
    const uuid = typeof value === 'object' && value !== null ? (value as { uuid?: unknown }).uuid : value
    return typeof uuid === 'string' ? this.#stories.get(uuid) : undefined
  }
}

function isStory(object: Tree): object is Tree & PageStory {
  const { uuid, full_slug: slug, content } = object
  return typeof uuid === 'string' && typeof slug === 'string' && typeof content === 'object' && content !== null
}

function hasComponent(value: unknown, components: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (components.includes(String((value as Tree)['component']))) return true
  return Object.values(value).some((inner) => hasComponent(inner, components))
}

/** Whether content has a field that is a relation, filled or not. */
function hasRelation(value: unknown, relations: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { component } = value as Tree
  return Object.entries(value).some(
    ([name, inner]) => relations.has(`${String(component)}.${name}`) || hasRelation(inner, relations),
  )
}
