import { sha256 } from '../encoding.js'
import type { HttpAnswer } from './transport.js'
import { wait } from './wait.js'

/**
 * A cache that several instances share, such as a Redis or key-value storage of `unstorage`. It holds Storyblok's
 * published answers, as JSON, under keys that hold no token.
 */
export interface SharedStorage {
  getItem(key: string): unknown
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}

/** What one entry holds. */
interface SharedEntry {
  /** The format. */
  v: 1
  /** The whole key, since storages shorten and hash theirs. */
  key: string
  total: string | null
  text: string
}

/** The longest time that a read waits for the storage, and how long a failed one is left alone, in milliseconds. */
const patience = 250
const recovery = 5_000

/** Reads and writes a shared storage so that its faults never become a read's. */
export class SharedCache {
  readonly #storage: SharedStorage
  #brokenUntil = 0

  constructor(storage: SharedStorage) {
    this.#storage = storage
  }

  /** Gives an answer, `undefined` when there is none, it is not ours, or the storage fails or takes too long. */
  async get(key: string): Promise<HttpAnswer | undefined> {
    const name = await storageKey(key)
    const stored = await this.#attempt(() => this.#storage.getItem(name))
    const entry = parseEntry(stored, key)
    if (stored !== undefined && stored !== null && !entry) await this.#attempt(() => this.#storage.removeItem(name))
    if (!entry) return undefined
    const headers = new Headers(entry.total === null ? {} : { total: entry.total })
    return { status: 200, headers, text: entry.text }
  }

  async set(key: string, { headers, text }: HttpAnswer): Promise<void> {
    const entry: SharedEntry = { v: 1, key, total: headers.get('total'), text }
    const name = await storageKey(key)
    await this.#attempt(() => this.#storage.setItem(name, JSON.stringify(entry)))
  }

  async #attempt(work: () => unknown): Promise<unknown> {
    if (Date.now() < this.#brokenUntil) return undefined
    const patienceOver = new AbortController()
    const tooLong = wait(patience, patienceOver.signal).then(
      () => Promise.reject(new Error('The shared cache took too long.')),
      () => undefined,
    )
    try {
      return await Promise.race([Promise.resolve().then(work), tooLong])
    } catch {
      // Whatever it is: a read goes on without the cache.
      this.#brokenUntil = Date.now() + recovery
      return undefined
    } finally {
      patienceOver.abort()
    }
  }
}

/** Storages treat slashes and question marks of a key in their own ways, so it is hashed. */
async function storageKey(key: string): Promise<string> {
  return `keyblok:${await sha256(key)}`
}

/** Some storages parse what they give back. */
function parseEntry(stored: unknown, key: string): SharedEntry | undefined {
  const value = typeof stored === 'string' ? parseJson(stored) : stored
  if (typeof value !== 'object' || value === null) return undefined
  const { v, key: own, total, text } = value as Partial<SharedEntry>
  const valid = v === 1 && own === key && typeof text === 'string' && (total === null || typeof total === 'string')
  return valid ? { v, key, total, text } : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
