import type { ReadStories } from '../stories/with-unsaved.js'
import type { WireLinkedStory, WireStory } from '../delivery/wire.js'

type Tree = Record<string, unknown>

/**
 * Puts related stories where their UUIDs stand, and linked ones into their links, as Storyblok's own client does: what is
 * not there stays a UUID. The stories are changed.
 *
 * @param relations - The fields that are relations, as `component.field`.
 * @param levels - How deep relations are followed; below, they stay UUIDs, so a story is always a finite tree.
 */
export function inlineReferences(read: ReadStories, relations: readonly string[], levels: number): void {
  const inliner = new Inliner(read, new Set(relations))
  for (const { content } of read.stories) inliner.visit(content, levels)
}

class Inliner {
  readonly #related: ReadonlyMap<string, WireStory>
  readonly #linked: ReadonlyMap<string, WireLinkedStory>
  readonly #relations: ReadonlySet<string>
  /** Related stories that are finished, by the levels below them: one may stand in several places. */
  readonly #finished = new Map<string, WireStory>()

  constructor({ rels, links }: ReadStories, relations: ReadonlySet<string>) {
    this.#related = new Map(rels.map((story) => [story.uuid, story]))
    this.#linked = new Map(links.map((story) => [story.uuid, story]))
    this.#relations = relations
  }

  visit(value: unknown, levels: number): void {
    if (typeof value !== 'object' || value === null) return
    const object = value as Tree
    for (const [name, inner] of Object.entries(object)) {
      const isRelation = this.#relations.has(`${String(object['component'])}.${name}`)
      if (isRelation)
        object[name] = Array.isArray(inner) ? inner.map((item) => this.#find(item, levels)) : this.#find(inner, levels)
      else this.visit(inner, levels)
    }
    const linked = object['linktype'] === 'story' ? this.#linked.get(String(object['uuid'] || object['id'])) : undefined
    if (linked) object['story'] = linked
  }

  #find(uuid: unknown, levels: number): unknown {
    const story = typeof uuid === 'string' && levels > 0 ? this.#related.get(uuid) : undefined
    if (!story) return uuid
    const key = `${levels} ${story.uuid}`
    const known = this.#finished.get(key)
    if (known) return known
    const copy = { ...story, content: structuredClone(story.content) }
    this.#finished.set(key, copy)
    this.visit(copy.content, levels - 1)
    return copy
  }
}
