import { localizeAssets } from '../assets/localize.js'
import { allOf } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import type { StoryRow, View } from '../store/stories.js'
import type { Store } from '../store/store.js'
import { BoundedCache } from '../bounded-cache.js'
import { toJson } from './json.js'
import type { DeliveryRequest } from './request.js'
import { deliverStory } from './story.js'
import { visitReferences } from './references.js'

/** A story as it is delivered, and what it refers to. */
export interface RenderedStory {
  uuid: string
  /** The story's JSON in UTF-8, escaped as on the wire, with the assets' addresses on this server. */
  json: Buffer
  component: string
  /** The UUIDs or other words in a blok's field, by `component.field`. */
  relations: ReadonlyMap<string, readonly string[]>
  /** The UUIDs of the stories that it links to. */
  links: readonly string[]
  assets: readonly number[]
}

/** Bytes of rendered stories to keep. */
const renderedLimit = 48_000_000

/** Ids in the results of queries to keep. */
const resultLimit = 1_000_000

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

  /** Renders the story with an id, if the view holds it and the token may read it. */
  renderId(request: DeliveryRequest, id: number): RenderedStory | undefined {
    const isNarrowed = request.key.story_ids.length > 0
    const known = isNarrowed ? undefined : this.#rendered.get(keyOf(request, id), this.#store.revision)
    if (known) return known
    const row = findById(request, id)
    return row && this.render(request, row)
  }

  render(request: DeliveryRequest, row: StoryRow): RenderedStory {
    const key = keyOf(request, row.id)
    const known = this.#rendered.get(key, this.#store.revision)
    if (known) return known
    const story = deliverStory(row, request)
    const rendered = {
      uuid: row.uuid,
      json: Buffer.from(localizeAssets(toJson(story), request.url.origin, request.store)),
      component: story.content.component,
      ...visitReferences(story.content),
    }
    this.#rendered.set(key, rendered)
    return rendered
  }
}

/** Everything that a story's rendering depends on, but for the stored story. */
function keyOf({ view, isDraft, language, query, url }: DeliveryRequest, id: number): string {
  const excluded = query.get('excluding_fields') ?? ''
  return [id, view, isDraft, language.code, language.suffixes, url.origin, excluded].join(' ')
}

/** Finds a story that the view holds and the token may read. */
export function findById({ store, view, scope }: DeliveryRequest, id: number): StoryRow | undefined {
  return store.stories.find(view, allOf([{ sql: 's.id = ?', values: [id] }, scope]))
}
