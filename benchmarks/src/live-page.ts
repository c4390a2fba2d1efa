import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Frame, Page } from 'playwright'
import { tokens } from './tokens.ts'

/** A story as the editor tells it. */
export interface LiveStory {
  id: number
  full_slug: string
  /** The space that it is of. */
  space: number
  content: { rows: { _uid: string; text: string; href: string }[] }
}

/** What an edit changes of a row: its text, or an attribute alone. */
export type Edit = 'text' | 'href'

const bridgeUrl = 'https://app.storyblok.com/f/storyblok-v2-latest.js'

/** Storyblok's own script, which nobody here can load from where it lies. */
function bridgeScript(): string {
  return readFileSync(fileURLToPath(import.meta.resolve('@storyblok/preview-bridge/browser-global')), 'utf8')
}

/** Runs in the framed page: tells when a message came, and when the page shows what it says. */
function watch(): void {
  interface Wanted {
    uid: string
    edit: 'text' | 'href'
    value: string
  }
  const state = window as unknown as { wanted?: Wanted; since?: number; took?: number }
  const isShown = ({ uid, edit, value }: Wanted): boolean => {
    const row = document.getElementById(uid)
    const shown =
      edit === 'text' ? row?.querySelector('h2')?.textContent : row?.querySelector('a')?.getAttribute('href')
    return shown === value
  }
  addEventListener(
    'message',
    ({ data }: MessageEvent<{ action?: string; wanted?: Wanted } | undefined>) => {
      if (data?.action !== 'input' || !data.wanted) return
      Object.assign(state, { wanted: data.wanted, since: performance.now(), took: undefined })
    },
    true,
  )
  new MutationObserver(() => {
    if (!state.wanted || state.took !== undefined || !isShown(state.wanted)) return
    state.took = performance.now() - (state.since ?? 0)
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}

/** A page of a site in the frame of an editor, at another site. */
export class LivePage {
  readonly #page: Page
  readonly #frame: Frame
  readonly #origin: string
  readonly #story: LiveStory
  #edits = 0
  /** The requests that were sent for unsaved content. */
  readonly requests: { started: number; ended?: number }[] = []

  private constructor(page: Page, frame: Frame, origin: string, story: LiveStory) {
    this.#page = page
    this.#frame = frame
    this.#origin = origin
    this.#story = story
    page.on('request', (request) => {
      if (request.method() !== 'POST') return
      const entry: LivePage['requests'][number] = { started: performance.now() }
      this.requests.push(entry)
      void request.response().then(() => (entry.ended = performance.now()))
    })
  }

  static async open(browser: Browser, editor: string, siteUrl: string, story: LiveStory): Promise<LivePage> {
    const origin = siteUrl.replace('127.0.0.1', 'localhost')
    const page = await browser.newPage()
    await page.addInitScript(watch)
    await page.route(bridgeUrl, (route) => route.fulfill({ contentType: 'text/javascript', body: bridgeScript() }))
    const site = signedUrl(`${origin}/${story.full_slug}`, story)
    await page.goto(`${editor}/?${new URLSearchParams({ site })}`, { waitUntil: 'networkidle' })
    const frame = page.frames().find((one) => one.url().startsWith(origin))
    if (!frame) throw new Error('The editor has no frame.')
    await frame.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)))
    return new LivePage(page, frame, origin, structuredClone(story))
  }

  close(): Promise<void> {
    return this.#page.close()
  }

  /** Changes one row, and gives the time from the message to the change of the page; `undefined` where none comes. */
  async edit(edit: Edit): Promise<number | undefined> {
    const wanted = this.#change(edit)
    await this.#send([{ story: this.#story, wanted }], 0)
    const took = await this.#frame
      .waitForFunction(() => (window as unknown as { took?: number }).took, undefined, { timeout: 3000, polling: 5 })
      .catch(() => undefined)
    return took?.jsonValue()
  }

  /** Sends many messages in a short time, and waits until the page shows the last. */
  async burst(count: number, pause: number): Promise<void> {
    const messages = Array.from({ length: count }, () => {
      const wanted = this.#change('text')
      return { story: structuredClone(this.#story), wanted }
    })
    await this.#send(messages, pause)
    await this.#frame.waitForFunction(() => (window as unknown as { took?: number }).took, undefined, {
      timeout: 10_000,
    })
  }

  #change(edit: Edit): { uid: string; edit: Edit; value: string } {
    const { rows } = this.#story.content
    const row = rows[(this.#edits * 7) % rows.length]!
    const value = edit === 'text' ? `Edit ${++this.#edits}` : `/edit/${++this.#edits}`
    row[edit] = value
    return { uid: row._uid, edit, value }
  }

  async #send(messages: readonly object[], pause: number): Promise<void> {
    await this.#page.evaluate(
      async ([sent, origin, wait]) => {
        const target = document.querySelector('iframe')!.contentWindow!
        for (const message of sent) {
          target.postMessage({ action: 'input', ...message }, origin)
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        }
      },
      [messages, this.#origin, pause] as const,
    )
  }
}

function signedUrl(page: string, { id, space }: LiveStory): string {
  const timestamp = Math.floor(Date.now() / 1000)
  const token = createHash('sha1').update(`${space}:${tokens.preview}:${timestamp}`).digest('hex')
  const query = { _storyblok: String(id), _storyblok_c: 'page', _storyblok_lang: 'default' }
  const signature = `_storyblok_tk[space_id]=${space}&_storyblok_tk[timestamp]=${timestamp}&_storyblok_tk[token]=${token}`
  return `${page}?${new URLSearchParams(query)}&${signature}`
}

/** Serves the page of an editor that frames what its address names, while something is done. */
export async function withEditor<T>(use: (origin: string) => Promise<T>): Promise<T> {
  const html = `<!doctype html><title>Editor</title><iframe style="width:100%;height:600px"></iframe><script>
    addEventListener('message', (event) => { if (event.data?.action) console.log(event.data.action) })
    document.querySelector('iframe').src = new URLSearchParams(location.search).get('site')
  </script>`
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
