import { localizeAssets } from '../assets/localize.js'
import { allOf } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import type { StoryRow, View } from '../store/stories.js'
import type { Store } from '../store/store.js'
import { BoundedCache } from '../bounded-cache.js'
import { toJson } from './json.js'
import type { DeliveryRequest } from './request.js'
import { readReferences } from './references.js'
import type { References } from './references.js'
import { deliverStory } from './story.js'
import type { DeliveredStory } from './story.js'

/** A story as it is delivered. */
export class RenderedStory {
  readonly uuid: string
  readonly component: string
  /** The story's JSON in UTF-8, escaped as on the wire, with the assets' addresses on this server. */
  readonly json: Buffer
  #references: References | undefined

  constructor({ uuid, component, json }: Pick<RenderedStory, 'uuid' | 'component' | 'json'>) {
    this.uuid = uuid
    this.component = component
    this.json = json
  }

  /** What it refers to. Many answers do not ask, so it is read when one does. */
  get references(): References {
    this.#references ??= readReferences((JSON.parse(this.json.toString()) as DeliveredStory).content)
    return this.#references
  }
}

/** Bytes of rendered stories to keep. */
const renderedLimit = 24_000_000

/** Bytes of results of queries to keep. */
const resultLimit = 8_000_000

/** Renders stories, and remembers what it rendered and found until the space changes. */
export class Renderer {
  readonly #store: Store
  readonly #rendered = new BoundedCache<RenderedStory>(renderedLimit, ({ json }) => json.length)
  readonly #results = new BoundedCache<readonly number[]>(resultLimit, (ids) => ids.length * 8 + 400)

  constructor(store: Store) {
    this.#store = store
  }

  /** Finds the ids of all stories that meet a condition, in an order. */
  findIds(view: View, condition: Condition, order: Condition): readonly number[] {
    const key = JSON.stringify([view, condition, order])
    const { revision } = this.#store
    const known = this.#results.get(key, revision)
    if (known) return known
    const ids = this.#store.stories.findIds(view, condition, order)
    this.#results.set(key, ids, revision)
    return ids
  }

  /** Renders the story with an id, if the view holds it and the token may read it. */
  renderId(request: DeliveryRequest, id: number): RenderedStory | undefined {
    const isNarrowed = request.key.story_ids.length > 0
    const known = isNarrowed ? undefined : this.#rendered.get(`${id} ${request.variant}`, this.#store.revision)
    if (known) return known
    const row = findById(request, id)
    return row && this.render(request, row)
  }

  render(request: DeliveryRequest, row: StoryRow): RenderedStory {
    const key = `${row.id} ${request.variant}`
    const { revision } = this.#store
    const known = this.#rendered.get(key, revision)
    if (known) return known
    const story = deliverStory(row, request)
    const rendered = new RenderedStory({
      uuid: row.uuid,
      component: story.content.component,
      json: Buffer.from(localizeAssets(toJson(story), request.url.origin, request.store)),
    })
    this.#rendered.set(key, rendered, revision)
    return rendered
  }
}

/** Finds a story that the view holds and the token may read. */
export function findById({ store, view, scope }: DeliveryRequest, id: number): StoryRow | undefined {
  return store.stories.find(view, allOf([{ sql: 's.id = ?', values: [id] }, scope]))
}
