import { KeyblokError } from '../errors.js'
import type { Access } from '../tokens/access.js'
import type { Delivery, ReadContext } from './delivery.js'
import type { EventListener } from './events.js'
import type { HeldAnswers } from './held-answers.js'
import { MemoryCache } from './memory-cache.js'
import { wait } from './wait.js'

/** What a request lends to its reads. */
export interface RequestScope {
  /** Ends the reads when the request does. */
  signal?: AbortSignal
  /** Lets work outlive the request, where the platform can. */
  waitUntil?: (work: Promise<unknown>) => void
  /** Is told of the events of its reads. */
  onEvent?: EventListener
  /** What is held of drafts for the editor who writes. */
  held?: HeldAnswers
}

/** The longest time that a reader waits to learn whether its answer is old, in milliseconds. */
const patience = 250
/** How long an old answer serves after the question whether it is old was not answered. */
const recovery = 1_000
/** The longest time that one request waits for what another one reads, before it reads by itself. */
const shareLimit = 10_000
/** What parsed JSON takes in memory, for a character of its text; about. */
const bytesPerCharacter = 4

interface Flight {
  result: Promise<unknown>
  /** What the read has learned so far. */
  context: ReadContext
  until: number
}

/**
 * Keeps published reads in memory, finished and frozen, each under the cache version that it was read with; drafts and
 * releases never come here. Equal reads at the same time are one.
 */
export class PublishedCache {
  readonly #delivery: Delivery
  readonly #memory: MemoryCache
  readonly #flights = new Map<string, Flight>()
  #refreshingUntil = 0

  constructor(delivery: Delivery, bytes: number) {
    this.#delivery = delivery
    this.#memory = new MemoryCache(bytes)
  }

  /** Gives what was read before while it is surely not old, without waiting; `undefined` when it has to be read. */
  peek<T>(access: Access, key: string, scope: RequestScope): T | undefined {
    const cv = this.#delivery.versions.fresh(access.token)
    const kept = cv === undefined ? undefined : this.#memory.get(`${cv} ${key}`)
    if (kept !== undefined) this.#delivery.tell(scope, { type: 'cache', outcome: 'hit', key })
    return kept as T | undefined
  }

  /**
   * Gives what was read before, or reads it.
   *
   * @param access - One that reads published content; its token is the only one of this cache.
   * @param key - Tells the read from every other of the space.
   * @param load - Reads it, with the context given, which notes what the answers were.
   */
  async read<T>(
    access: Access,
    key: string,
    scope: RequestScope,
    load: (context: ReadContext) => Promise<T>,
  ): Promise<T> {
    const cv = await this.version(access, scope)
    const kept = cv === undefined ? undefined : this.#memory.get(`${cv} ${key}`)
    if (kept === undefined) return this.#share(access, key, cv, scope, load)
    this.#delivery.tell(scope, { type: 'cache', outcome: 'hit', key })
    return kept as T
  }

  /** Gives the version that reads answer in now, after asking where it may be old; `undefined` before the first read. */
  async version(access: Access, scope: RequestScope): Promise<number | undefined> {
    const { versions } = this.#delivery
    const known = versions.known(access.token)
    if (known === undefined || versions.fresh(access.token) !== undefined) return known
    await this.#refresh(access, scope)
    return versions.known(access.token)
  }

  /** Learns whether there is something newer. Whoever comes meanwhile takes what is known. */
  async #refresh(access: Access, { signal, waitUntil, onEvent }: RequestScope): Promise<void> {
    if (this.#refreshingUntil > Date.now()) return
    const asking = (limit: AbortSignal | undefined): Promise<void> =>
      this.#delivery.askCacheVersion(access, { signal: limit, waitUntil, onEvent }).then(
        () => undefined,
        (error: unknown) => {
          // A refused token would go unnoticed behind old answers; everything else passes.
          if (error instanceof KeyblokError && error.code === 'KB_TOKEN_REFUSED' && !waitUntil) throw error
          this.#delivery.versions.postpone(access.token, recovery)
          this.#delivery.tell({ onEvent }, { type: 'cache', outcome: 'stale', key: '' })
        },
      )
    this.#refreshingUntil = Date.now() + (waitUntil ? recovery : patience)
    try {
      if (waitUntil) return waitUntil(asking(undefined))
      const limit = AbortSignal.timeout(patience)
      await asking(signal ? AbortSignal.any([signal, limit]) : limit)
    } finally {
      if (!waitUntil) this.#refreshingUntil = 0
    }
  }

  /** Lets equal reads be one; the request that started it waits for it too, so nothing is left behind when it ends. */
  async #share<T>(
    access: Access,
    key: string,
    cv: number | undefined,
    scope: RequestScope,
    load: (context: ReadContext) => Promise<T>,
  ): Promise<T> {
    const name = `${cv} ${key}`
    const other = this.#flights.get(name) ?? this.#firstFlight(key, cv)
    if (other && other.until > Date.now()) {
      const shared = await outcomeOf(other, scope.signal)
      if (shared) return shared.value as T
    }
    this.#delivery.tell(scope, { type: 'cache', outcome: 'miss', key })
    const context: ReadContext = { ...scope, cv }
    const flight: Flight = { result: this.#load(access, key, context, load), context, until: Date.now() + shareLimit }
    this.#flights.set(name, flight)
    try {
      return (await flight.result) as T
    } finally {
      if (this.#flights.get(name) === flight) this.#flights.delete(name)
    }
  }

  /** Gives a read that began before any cache version was known, once it reads the one that is known now. */
  #firstFlight(key: string, cv: number | undefined): Flight | undefined {
    const flight = this.#flights.get(`undefined ${key}`)
    return flight?.context.cv === cv ? flight : undefined
  }

  async #load<T>(
    access: Access,
    key: string,
    context: ReadContext,
    load: (context: ReadContext) => Promise<T>,
  ): Promise<T> {
    const value = await load(context)
    // What was read in two cache versions is of neither, and an old one is not asked for again.
    if (context.cv !== undefined && (context.cvChanges ?? 0) === 0 && access.version === 'published') {
      this.#memory.set(`${context.cv} ${key}`, value, (context.length ?? 0) * bytesPerCharacter)
    }
    return value
  }
}

/**
 * Waits for what another request reads.
 *
 * @returns What it read, or `undefined` when that request gave up or does not come to its end.
 */
async function outcomeOf({ result, until }: Flight, signal?: AbortSignal): Promise<{ value: unknown } | undefined> {
  const over = new AbortController()
  const stops = signal ? AbortSignal.any([over.signal, signal]) : over.signal
  const tooLong = wait(until - Date.now(), stops).then(
    () => undefined,
    () => {
      if (signal?.aborted) throw new KeyblokError('KB_ABORTED', 'Its signal was aborted.')
      return undefined
    },
  )
  try {
    return await Promise.race([result.then((value) => ({ value })), tooLong])
  } catch (error) {
    if (error instanceof KeyblokError && error.code === 'KB_ABORTED' && !signal?.aborted) return undefined
    throw error
  } finally {
    over.abort()
  }
}
