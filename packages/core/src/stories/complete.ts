import { KeyblokError } from '../errors.js'
import type { WireLinkedStory, WireStory } from '../delivery/wire.js'
import { alternatesOf, storyPath } from './slugs.js'
import { trimSlashes } from './trim-slashes.js'
import type { Space } from './space.js'
import type { Story } from './types.js'

/** What completing stories needs to know. */
export interface Completion {
  space: Space
  /** What was asked, as `component.field`. */
  relations: readonly string[]
  /** How many levels of relations are followed; below, they are `null`, so a story is always a finite tree. */
  levels: number
  language?: string
}

/**
 * Finishes stories: puts related stories where their UUIDs stand and linked ones into their links, gives each story the
 * path of its page, and freezes all of it. A relation that was asked and is missing becomes `null`, in arrays it is left
 * out; what was not asked stays the UUID. One related story may stand in several places.
 *
 * @param stories - The stories as delivered; they are used up.
 * @throws {KeyblokError} `KB_CONTENT_INVALID` for a story without content, or nested deeper than can be followed.
 */
export function completeStories(
  stories: readonly WireStory[],
  { rels, links = [] }: Completing,
  completion: Completion,
): Story[] {
  const completer = new Completer(rels, links, completion)
  try {
    return stories.map((story) => completer.complete(story))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const slugs = stories.map(({ full_slug: slug }) => slug).join(', ')
    throw new KeyblokError('KB_CONTENT_INVALID', `A story is nested too deeply to follow, one of: ${slugs}.`)
  }
}

/** What stands beside stories. */
interface Completing {
  rels: readonly WireStory[]
  links?: readonly WireLinkedStory[] | undefined
}

type Tree = Record<string, unknown>

/** What else a story shows. */
export interface References {
  /** The stories that stand in it, those in them included, and the stories that its links point to. */
  stories: ReadonlySet<Pick<WireStory, 'id' | 'uuid'>>
  /** The UUIDs of relations that were asked for and are not there. */
  missing: ReadonlySet<string>
  /** The same story in the folders of other languages, whose pages its own names. */
  alternates: readonly { id: number; slug: string }[]
}

const nothing: References = { stories: new Set(), missing: new Set(), alternates: [] }
const references = new WeakMap<Story, References>()

/** Tells what a finished story refers to; nothing of one that was not finished by this process. */
export function referencesOf(story: Story): References {
  return references.get(story) ?? nothing
}

/** Says what a story refers to that is finished in another way. */
export function referTo(story: Story, others: References): void {
  references.set(story, others)
}

/** Gives the ids of a finished story and of all stories that stand in it or that its links point to. */
export function referencedIds(story: Story): number[] {
  return [...new Set([story.id, ...[...referencesOf(story).stories].map(({ id }) => id)])]
}

/** Collects what a story refers to while it is finished. */
class Collected implements References {
  readonly stories = new Set<Pick<WireStory, 'id' | 'uuid'>>()
  readonly missing = new Set<string>()
  alternates: readonly { id: number; slug: string }[] = []

  add(story: Story): void {
    const { stories, missing } = referencesOf(story)
    this.stories.add(story)
    for (const other of stories) this.stories.add(other)
    for (const uuid of missing) this.missing.add(uuid)
  }
}

class Completer {
  readonly #completion: Completion
  readonly #related: ReadonlyMap<string, WireStory>
  readonly #linked: ReadonlyMap<string, WireLinkedStory>
  /** The fields that are relations, by component. */
  readonly #fields = new Map<string, Set<string>>()
  /** Related stories that are finished, by the levels that remain below them. */
  readonly #finished: Map<string, Story>[]
  /** What the story that is being finished refers to. */
  #collected = new Collected()

  constructor(related: readonly WireStory[], linked: readonly WireLinkedStory[], completion: Completion) {
    this.#completion = completion
    this.#related = new Map(related.map((story) => [story.uuid, story]))
    this.#linked = new Map(linked.map((story) => [story.uuid, Object.freeze(story)]))
    this.#finished = Array.from({ length: completion.levels }, () => new Map())
    for (const relation of completion.relations) {
      const [component = '', field = ''] = relation.split('.')
      this.#fields.set(component, (this.#fields.get(component) ?? new Set()).add(field))
    }
  }

  complete(story: WireStory, levels = this.#completion.levels): Story {
    const { space, language } = this.#completion
    if (typeof story.content !== 'object' || story.content === null) {
      throw new KeyblokError('KB_CONTENT_INVALID', `The story “${story.full_slug}” has no content.`)
    }
    const outer = this.#collected
    const collected = (this.#collected = new Collected())
    const finished: Story = Object.freeze({
      ...story,
      content: this.#finish(story.content, levels) as WireStory['content'],
      href: storyPath(space, story, language),
      alternates: Object.freeze(alternatesOf(space, story)),
    })
    this.#collected = outer
    const folders = space.languages && space.languages.length > 1 ? (story.alternates ?? []) : []
    collected.alternates = folders
      .filter(({ is_folder: isFolder }) => !isFolder)
      .map(({ id, full_slug: slug }) => ({ id, slug: trimSlashes(slug) }))
    // Most stories show nothing else, and there can be many.
    const { stories, missing, alternates } = collected
    if (stories.size + missing.size + alternates.length > 0) references.set(finished, collected)
    return finished
  }

  /** Copies only what changes, so that a related story's trees can be shared. */
  #finish(value: unknown, levels: number): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (this.#linked.size === 0 && this.#fields.size === 0) return freezeTree(value)
    return Array.isArray(value) ? this.#finishArray(value, levels) : this.#finishObject(value as Tree, levels)
  }

  #finishArray(array: readonly unknown[], levels: number): readonly unknown[] {
    let copy: unknown[] | undefined
    for (const [index, item] of array.entries()) {
      const finished = this.#finish(item, levels)
      if (finished !== item) (copy ??= [...array])[index] = finished
    }
    return Object.freeze(copy ?? array)
  }

  #finishObject(object: Tree, levels: number): Tree {
    const fields = this.#fields.get(object['component'] as string)
    let copy: Tree | undefined
    for (const key in object) {
      const value = object[key]
      const finished = fields?.has(key) ? this.#resolve(value, levels) : this.#finish(value, levels)
      if (finished !== value) (copy ??= { ...object })[key] = finished
    }
    const linked = this.#linked.size > 0 ? this.#linkedStory(object) : undefined
    if (linked) {
      ;(copy ??= { ...object })['story'] = linked
      this.#collected.stories.add(linked)
    }
    return Object.freeze(copy ?? object)
  }

  /** A link field names its story `id`, a link in rich text `uuid`. */
  #linkedStory({ linktype, id, uuid }: Tree): WireLinkedStory | undefined {
    return linktype === 'story' ? this.#linked.get((uuid || id) as string) : undefined
  }

  #resolve(value: unknown, levels: number): unknown {
    if (!Array.isArray(value)) return typeof value === 'string' ? this.#relatedStory(value, levels - 1) : null
    const stories = value.map((item) => (typeof item === 'string' ? this.#relatedStory(item, levels - 1) : null))
    return Object.freeze(stories.filter((story) => story !== null))
  }

  #relatedStory(uuid: string, levels: number): Story | null {
    if (levels < 0) return null
    const story = this.#finished[levels]?.get(uuid) ?? this.#finishRelated(uuid, levels)
    if (story) this.#collected.add(story)
    else if (uuid !== '') this.#collected.missing.add(uuid)
    return story
  }

  #finishRelated(uuid: string, levels: number): Story | null {
    const story = this.#related.get(uuid)
    if (!story) return null
    const complete = this.complete(story, levels)
    this.#finished[levels]?.set(uuid, complete)
    return complete
  }
}

/** Freezes what was parsed from JSON, which has no circles. */
function freezeTree(value: object): object {
  for (const key in value) {
    const child = (value as Tree)[key]
    if (typeof child === 'object' && child !== null) freezeTree(child)
  }
  return Object.freeze(value)
}
