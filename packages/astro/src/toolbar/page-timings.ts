import type { Timing } from './page-report.js'

const none: readonly Timing[] = []

interface Fetched {
  name: string
  initiatorType: string
  serverTiming: readonly Timing[]
}

/**
 * Finds the `Server-Timing` of the page that is shown: the document's own, or, after `<ClientRouter />` went on to another
 * page, that of the page it fetched.
 */
export class PageTimings {
  /** What was fetched, by its address without a fragment. */
  readonly #fetched = new Map<string, readonly Timing[]>()
  /** The address of the page that is shown, once it is not the document that was loaded. */
  #shown: string | undefined

  /** Notes what was fetched. */
  add(entries: readonly Fetched[]): void {
    for (const { name, initiatorType, serverTiming } of entries) {
      if (initiatorType === 'fetch' && serverTiming.length > 0) this.#fetched.set(withoutFragment(name), serverTiming)
    }
  }

  /** Notes that another page is shown, by the address that was asked for. */
  show(address: string): void {
    this.#shown = withoutFragment(address)
  }

  /** @param document - The timing of the document that was loaded. */
  of(document: readonly Timing[]): readonly Timing[] {
    return this.#shown === undefined ? document : (this.#fetched.get(this.#shown) ?? none)
  }
}

/**
 * Follows the page that is shown.
 *
 * @param onChange - Is told its `Server-Timing`, now and when another one is shown.
 */
export function followPage(onChange: (timings: readonly Timing[]) => void): void {
  const pages = new PageTimings()
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const own = navigation?.serverTiming ?? []
  let told: readonly Timing[] = own
  const tell = (): void => {
    const timings = pages.of(own)
    if (timings !== told) onChange(timings)
    told = timings
  }

  // The browser’s own list is soon full in dev, where each module is an entry. The observer gets them all.
  new PerformanceObserver((list) => {
    pages.add(list.getEntries() as PerformanceResourceTiming[])
    tell()
  }).observe({ type: 'resource', buffered: true })

  // What is fetched can redirect; its entry keeps the address that was asked for.
  let asked: string | undefined
  document.addEventListener('astro:before-preparation', (event) => {
    asked = 'to' in event && event.to instanceof URL ? event.to.href : undefined
  })
  document.addEventListener('astro:after-swap', () => {
    if (asked !== undefined) pages.show(asked)
    tell()
  })
  onChange(own)
}

function withoutFragment(address: string): string {
  return address.split('#')[0] ?? address
}
