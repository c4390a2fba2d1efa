import type { Access } from '../tokens/access.js'
import type { Delivery, ReadContext } from './delivery.js'
import type { StoriesQuery } from './query.js'
import { fastestPerPage } from './rate-limiter.js'
import type { StoriesAnswer } from './wire.js'

/** How a list is read: what stands ahead of the consumer is `concurrency` pages. */
export interface PagePlan {
  perPage: number
  concurrency: number
  /** Is told after each page how many items came, and of how many. */
  onProgress?: (progress: { read: number; total: number }) => void
}

/** How often a list is read again when it changes meanwhile. */
const mostPasses = 4

/**
 * Plans the reading of a whole list. Within Storyblok's limits small pages read the most stories a second, since fewer
 * of the large ones are allowed; without limits large ones need fewer requests.
 *
 * @param keeping - Whether all stories are kept anyway, so that reading far ahead costs nothing.
 */
export function planPages({ limited }: Delivery, keeping: boolean): PagePlan {
  if (limited) return { perPage: fastestPerPage, concurrency: keeping ? 24 : 8 }
  return { perPage: 100, concurrency: keeping ? 24 : 2 }
}

/**
 * Reads a whole list, page by page, in its order.
 *
 * Guarantee: a story that is on the list all the while comes exactly once, whatever is published, deleted or moved
 * meanwhile. Published lists are read in one cache version. Where the cache version, the total or the number of
 * stories shows that the list changed, it is read again, and what came already is left out; a list that changes
 * during each of four passes ends after the fourth.
 *
 * @param complete - Finishes each page's stories, such as by putting relations in.
 */
export async function* readAllPages<Item extends { id: number }>(
  delivery: Delivery,
  access: Access,
  query: StoriesQuery,
  plan: PagePlan,
  context: ReadContext,
  complete: (answer: StoriesAnswer, context: ReadContext) => Promise<readonly Item[]>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<number>()
  let before = ''
  for (let pass = 1; pass <= mostPasses; pass++) {
    const list = new ListPass(delivery, access, query, plan, context)
    for await (const answer of list.pages()) {
      const fresh = answer.stories.filter(({ id }) => !seen.has(id))
      for (const { id } of fresh) seen.add(id)
      plan.onProgress?.({ read: seen.size, total: answer.total })
      yield* await complete({ ...answer, stories: fresh }, context)
    }
    // Twice the same is what it is, even where the total counts what the token may not see.
    if (list.isSteady || list.summary === before) return
    before = list.summary
  }
}

/** Reads a list once, and notes whether it changed. */
class ListPass {
  readonly #delivery: Delivery
  readonly #access: Access
  readonly #query: StoriesQuery
  readonly #plan: PagePlan
  readonly #context: ReadContext
  readonly #ids = new Set<number>()
  /** Totals and cache versions that pages named; one of them when the list held still. */
  readonly #states = new Set<string>()
  #total = 0

  constructor(delivery: Delivery, access: Access, query: StoriesQuery, plan: PagePlan, context: ReadContext) {
    this.#delivery = delivery
    this.#access = access
    this.#query = query
    this.#plan = plan
    this.#context = context
  }

  get isSteady(): boolean {
    return this.#states.size === 1 && this.#ids.size === this.#total
  }

  get summary(): string {
    return `${[...this.#states].join()} ${this.#ids.size}`
  }

  async *pages(): AsyncGenerator<StoriesAnswer, void, undefined> {
    const { perPage, concurrency } = this.#plan
    const stop = new AbortController()
    const signal = this.#context.signal ? AbortSignal.any([stop.signal, this.#context.signal]) : stop.signal
    // The first page pins the cache version for all others.
    const context: ReadContext = { ...this.#context, signal }
    const read = (page: number): Promise<StoriesAnswer> =>
      this.#delivery.stories(this.#access, { ...this.#query, page, perPage }, context)

    const ahead: Promise<StoriesAnswer>[] = [read(1)]
    let asked = 1
    let pages = 1
    try {
      for (let next = ahead.shift(); next; next = ahead.shift()) {
        const answer = await next
        this.#note(answer, context)
        pages = Math.ceil(answer.total / perPage)
        while (asked < pages && ahead.length < concurrency) ahead.push(quietly(read(++asked)))
        yield answer
      }
    } finally {
      stop.abort()
      const { cv, cvChanges, length } = context
      Object.assign(this.#context, { cv, cvChanges, length })
    }
  }

  #note({ stories, total, cv }: StoriesAnswer, context: ReadContext): void {
    for (const { id } of stories) this.#ids.add(id)
    this.#states.add(`${total} ${cv} ${context.cvChanges ?? 0}`)
    this.#total = total
  }
}

/** Keeps a promise that nobody waits for yet from being reported as unhandled. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
