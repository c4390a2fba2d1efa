import type { Link } from './reader.js'

interface Watched {
  links: readonly Link[]
  again: () => Promise<readonly Link[]>
}

/** The most lists that are kept; a site has one or a few. */
const mostLists = 20

/**
 * Remembers the lists of links that pages show. A navigation stands on every page, and most of what is published changes
 * no name, slug or order: only a look at the new list tells whether those pages are old.
 */
export class LinkWatch {
  readonly #lists = new Map<string, Watched>()

  /** Remembers a list once it is there, and how to read it again. */
  watch(key: string, links: readonly Link[] | Promise<readonly Link[]>, again: () => Promise<readonly Link[]>): void {
    if (links instanceof Promise) {
      // Whoever reads it gets the error.
      links.then((list) => this.watch(key, list, again)).catch(() => undefined)
      return
    }
    if (this.#lists.size < mostLists || this.#lists.has(key)) this.#lists.set(key, { links, again })
  }

  /** Reads the lists again, and tells whether one changed; it does where nothing is known, or cannot be read. */
  async changed(): Promise<boolean> {
    if (this.#lists.size === 0) return true
    const changes = await Promise.all([...this.#lists.values()].map(isChanged))
    return changes.includes(true)
  }
}

async function isChanged({ links, again }: Watched): Promise<boolean> {
  try {
    const now = await again()
    return now !== links && JSON.stringify(now) !== JSON.stringify(links)
  } catch {
    return true
  }
}
