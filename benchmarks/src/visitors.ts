import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { ensureBrowser } from '../../e2e/src/support/ensure-browser.ts'

/** What a visitor's browser did on a page, and on the next one. */
export interface Visit {
  /** How many requests it sent to Storyblok's API. */
  apiRequests: number
  /** What the first page took of the browser's main thread, in milliseconds. */
  taskMs: number
}

/** Visitors with a browser, each for the first time. */
export class Visitors {
  readonly #browser: Browser
  readonly #apiOrigin: string

  private constructor(browser: Browser, apiOrigin: string) {
    this.#browser = browser
    this.#apiOrigin = apiOrigin
  }

  static async open(apiOrigin: string): Promise<Visitors> {
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
    return new Visitors(await chromium.launch({ executablePath: await ensureBrowser(), args }), apiOrigin)
  }

  async close(): Promise<void> {
    await this.#browser.close()
  }

  /** Opens a page, and goes on by its link of that name to a page with that heading. */
  async visit(url: string, next: { link: string; heading: string }): Promise<Visit> {
    const page = await this.#browser.newPage()
    try {
      let apiRequests = 0
      page.on('request', (request) => {
        if (this.#isApi(request.url())) apiRequests++
      })
      // Pictures are elsewhere, and nobody waits for them.
      await page.route('https://**', (route) => (this.#isApi(route.request().url()) ? route.continue() : route.abort()))
      const taskMs = await open(page, url)
      await page.getByRole('link', { name: next.link }).click()
      await page.getByRole('heading', { name: next.heading, exact: true }).waitFor()
      await page.waitForLoadState('networkidle')
      return { apiRequests, taskMs }
    } finally {
      await page.close()
    }
  }

  #isApi(url: string): boolean {
    return url.startsWith(this.#apiOrigin) || /^https:\/\/api[\w-]*\.storyblok\.com\//.test(url)
  }
}

/** Opens a page on a slow device, and waits until nothing more happens; gives what that took of the main thread. */
async function open(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(url, { waitUntil: 'networkidle' })
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}
