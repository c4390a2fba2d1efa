import { follow } from '../ask.js'
import type { Asked } from '../ask.js'
import { isSafe } from '../hosts.js'

/** A page of the site, asked once as a visitor for all who want to look. */
export class Page {
  readonly url: URL
  /** Whether a signature may be sent to the host of an address. */
  readonly maySign: (url: URL) => Promise<boolean>
  #visitor: Promise<Asked> | undefined

  constructor(url: URL, maySign: Page['maySign']) {
    this.url = url
    this.maySign = maySign
  }

  /** What a visitor gets, redirects followed. */
  visit(signal: AbortSignal): Promise<Asked> {
    this.#visitor ??= follow(this.url, signal, isSafe, { headers: { accept: 'text/html' } })
    return this.#visitor
  }
}
