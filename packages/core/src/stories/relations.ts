import type { WireStory } from '../delivery/wire.js'

/** How far relations of relations are followed; below, they stay UUIDs, so a story is always a finite tree. */
const levels = 2

/**
 * Puts related stories where their UUIDs stand. A relation that was asked and is missing becomes `null`, in arrays it
 * is left out.
 *
 * @param stories - The stories to complete; they are changed in place.
 * @param related - The related stories that the API delivered.
 * @param relations - What was asked, as `component.field`.
 */
export function inlineRelations(
  stories: readonly WireStory[],
  related: readonly WireStory[],
  relations: readonly string[],
): void {
  if (relations.length === 0) return
  const inliner = new RelationInliner(related, new Set(relations))
  for (const story of stories) inliner.inline(story.content, levels)
}

class RelationInliner {
  readonly #related: ReadonlyMap<string, WireStory>
  readonly #relations: ReadonlySet<string>
  readonly #completed = new Map<string, WireStory>()

  constructor(related: readonly WireStory[], relations: ReadonlySet<string>) {
    this.#related = new Map(related.map((story) => [story.uuid, story]))
    this.#relations = relations
  }

  inline(value: unknown, remaining: number): void {
    if (remaining === 0 || typeof value !== 'object' || value === null) return
    const component = 'component' in value && typeof value.component === 'string' ? value.component : undefined
    for (const [field, child] of Object.entries(value)) {
      if (component !== undefined && this.#relations.has(`${component}.${field}`)) {
        Object.assign(value, { [field]: this.#resolve(child, remaining) })
      } else {
        this.inline(child, remaining)
      }
    }
  }

  #resolve(value: unknown, remaining: number): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#resolve(item, remaining)).filter((story) => story !== null)
    }
    return typeof value === 'string' ? this.#story(value, remaining - 1) : null
  }

  /** Completes a related story once a level, since it stands in several places. */
  #story(uuid: string, remaining: number): WireStory | null {
    const key = `${remaining} ${uuid}`
    const known = this.#completed.get(key)
    if (known) return known
    const story = this.#related.get(uuid)
    if (!story) return null
    const copy = structuredClone(story)
    this.#completed.set(key, copy)
    this.inline(copy.content, remaining)
    return copy
  }
}
