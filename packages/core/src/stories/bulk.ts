import type { Story } from './types.js'
import { trimSlashes } from './trim-slashes.js'

/** Where a build keeps what it read, such as between the processes of one build. */
export interface BuildStore {
  get(key: string): Promise<readonly Story[] | undefined>
  set(key: string, stories: readonly Story[]): Promise<void>
}

/** How to read a source whole. */
export interface BulkSource {
  /** Tells it from every other source, language, version and state of the space. */
  key: string
  read(): AsyncIterable<Story>
}

/**
 * Answers the many reads of a build from one read of each source, which the first of them starts. A story is there as
 * soon as its page was read, so rendering overlaps with reading.
 */
export class BulkReads {
  readonly #reads = new Map<string, BulkRead>()
  readonly #store: BuildStore | undefined

  constructor(store?: BuildStore) {
    this.#store = store
  }

  /** Gives one story of a source, `null` when it has none of the slug. */
  async story(source: BulkSource, fullSlug: string): Promise<Story | null> {
    return this.#open(source).story(trimSlashes(fullSlug))
  }

  /** Gives all stories of a source. */
  async all(source: BulkSource): Promise<readonly Story[]> {
    return this.#open(source).all()
  }

  #open(source: BulkSource): BulkRead {
    const known = this.#reads.get(source.key)
    if (known) return known
    // One that failed is forgotten: the next page asks again.
    const read = new BulkRead(source, this.#store, () => this.#reads.delete(source.key))
    this.#reads.set(source.key, read)
    return read
  }
}

class BulkRead {
  readonly #stories: Story[] = []
  readonly #bySlug = new Map<string, Story>()
  readonly #waiting = new Map<string, ((story: Story) => void)[]>()
  readonly #end: Promise<void>

  constructor(source: BulkSource, store: BuildStore | undefined, onFailure: () => void) {
    this.#end = this.#run(source, store)
    this.#end.catch(onFailure)
  }

  async story(slug: string): Promise<Story | null> {
    const known = this.#bySlug.get(slug)
    if (known) return known
    const arrival = new Promise<Story>((resolve) => {
      this.#waiting.set(slug, [...(this.#waiting.get(slug) ?? []), resolve])
    })
    return Promise.race([arrival, this.#end.then(() => this.#bySlug.get(slug) ?? null)])
  }

  async all(): Promise<readonly Story[]> {
    await this.#end
    return this.#stories
  }

  async #run({ key, read }: BulkSource, store: BuildStore | undefined): Promise<void> {
    const kept = await store?.get(key)
    if (kept) {
      for (const story of kept) this.#add(story)
      return
    }
    for await (const story of read()) this.#add(story)
    await store?.set(key, this.#stories)
  }

  #add(story: Story): void {
    this.#stories.push(story)
    const slugs = [
      story.full_slug,
      story.default_full_slug ?? '',
      ...(story.translated_slugs ?? []).map(({ path }) => path),
    ]
    for (const slug of slugs.map(trimSlashes)) {
      if (slug === '' || this.#bySlug.has(slug)) continue
      this.#bySlug.set(slug, story)
      for (const resolve of this.#waiting.get(slug) ?? []) resolve(story)
      this.#waiting.delete(slug)
    }
  }
}
