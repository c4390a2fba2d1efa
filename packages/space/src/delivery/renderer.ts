import type { StoredBlok } from '../content/types.js'
import type { Condition } from '../store/condition.js'
import type { StoryRow, View } from '../store/stories.js'
import type { Store } from '../store/store.js'
import { BoundedCache } from '../bounded-cache.js'
import { escapeJson } from './json.js'
import type { DeliveryRequest } from './request.js'
import { deliverStory } from './story.js'
import { visitReferences } from './references.js'

/** A story as it is delivered, and what it refers to. */
export interface RenderedStory {
  uuid: string
  /** The story's JSON, escaped as on the wire. */
  json: string
  component: string
  /** The UUIDs or other words in a blok's field, by `component.field`. */
  relations: ReadonlyMap<string, readonly string[]>
  /** The UUIDs of the stories that it links to. */
  links: readonly string[]
  assets: readonly number[]
}

/** Characters of rendered stories to keep. */
const renderedLimit = 32_000_000

/** Ids in the results of queries to keep. */
const resultLimit = 2_000_000

/** Renders stories, and remembers what it rendered and found until the space changes. */
export class Renderer {
  readonly #store: Store
  readonly #rendered = new BoundedCache<RenderedStory>(renderedLimit, ({ json }) => json.length)
  readonly #results = new BoundedCache<readonly number[]>(resultLimit, (ids) => ids.length + 50)

  constructor(store: Store) {
    this.#store = store
  }

  /** Finds the ids of all stories that meet a condition, in an order. */
  findIds(view: View, condition: Condition, order: Condition): readonly number[] {
    const key = JSON.stringify([view, condition, order])
    const known = this.#results.get(key, this.#store.revision)
    if (known) return known
    const ids = this.#store.stories.findIds(view, condition, order)
    this.#results.set(key, ids)
    return ids
  }

  /** Renders the story with an id, which the view holds. */
  renderId(request: DeliveryRequest, id: number): RenderedStory {
    return (
      this.#rendered.get(keyOf(request, id), this.#store.revision) ??
      this.render(request, request.store.stories.find(request.view, { sql: 's.id = ?', values: [id] })!)
    )
  }

  render(request: DeliveryRequest, row: StoryRow): RenderedStory {
    const key = keyOf(request, row.id)
    const known = this.#rendered.get(key, this.#store.revision)
    if (known) return known
    const story = deliverStory(row, request)
    const rendered = {
      uuid: row.uuid,
      json: escapeJson(JSON.stringify(story)),
      component: story.content.component,
      ...visitReferences(story.content as StoredBlok),
    }
    this.#rendered.set(key, rendered)
    return rendered
  }
}

/** Everything that a story's rendering depends on, but for the stored story. */
function keyOf({ view, isDraft, language, query, behaviour }: DeliveryRequest, id: number): string {
  const excluded = query.get('excluding_fields') ?? ''
  return `${id} ${view.join()} ${isDraft} ${language.code} ${language.suffixes.join()} ${behaviour.translatedSlugPublished} ${excluded}`
}
