import type { FrameLocator, Locator, Page, Request } from 'playwright'
import { expect, onTestFinished } from 'vitest'
import type { SiteUnderTest } from './site.ts'

/** A story that is open in the Visual Editor, with the site in its frame, at another site. */
export interface OpenStory {
  page: Page
  frame: FrameLocator
  /** The form of the story. */
  content: Locator
  /** What the consoles of both pages complain of. */
  complaints: string[]
  /** What was asked of the site, and how it answered. */
  asked: { method: string; url: string; status: number }[]
  /** Types into a field of the form, as a person does. */
  type(label: string, text: string): Promise<void>
  save(): Promise<void>
  /** Waits until the editor has nothing more to say, and the site neither. */
  settled(): Promise<void>
  /** How many requests for unsaved content were under way at once, at most. */
  mostAtOnce(): number
}

/** What is needed of a site that editors look at. */
export type PreviewedSite = Pick<SiteUnderTest, 'url' | 'space' | 'newPage'>

/** What differs from a first look at a story. */
interface OpenOptions {
  /** The path below which editors see the site; empty without one. */
  prefix?: string
  /** Where the site is, for the editor; the site itself by default. */
  url?: string
}

/** Opens a story of the site's space in its Visual Editor until the test ends. The site is on `localhost`, the editor not. */
export async function openStory(
  site: PreviewedSite,
  story: string,
  { prefix = '', url: origin = siteUrl(site) }: OpenOptions = {},
): Promise<OpenStory> {
  const listener = await site.space.listen()
  site.space.setEnvironments([{ name: 'Site', location: origin + prefix }])
  const page = await site.newPage()
  onTestFinished(async () => {
    await page.context().close()
    await listener.close()
  })
  const complaints: string[] = []
  page.on('console', (message) => {
    // The bridge writes a style of its own, which a site's content security policy may refuse.
    const isBridges = message.text().includes('Applying inline style')
    if (message.type() === 'error' && !isBridges) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => {
    // Astro's toolbar keeps its settings there, which browsers refuse to frames of other sites.
    if (!message.includes("'localStorage'")) complaints.push(message)
  })
  const asked: OpenStory['asked'] = []
  page.on('response', (response) => {
    const url = response.url()
    if (url.startsWith(origin)) {
      asked.push({ method: response.request().method(), url: url.slice(origin.length), status: response.status() })
    }
  })
  const counter = { now: 0, most: 0 }
  page.on('request', (request) => {
    if (request.url().includes('/_keyblok/story')) counter.most = Math.max(counter.most, ++counter.now)
  })
  const ended = (request: Request): void => {
    if (request.url().includes('/_keyblok/story')) counter.now--
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  await page.goto(`${listener.url}/editor/`)
  await openInTree(page, story)
  await page.locator('.messages summary').click()
  const content = page.getByRole('complementary', { name: 'Content' })
  return {
    page,
    frame: page.frameLocator('#storyblok-preview'),
    content,
    complaints,
    asked,
    async type(label, text) {
      const field = content.getByLabel(label).first()
      await field.fill('')
      await field.pressSequentially(text, { delay: 20 })
    },
    async save() {
      await page.keyboard.press('Control+s')
      await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    },
    async settled() {
      await page.waitForLoadState('networkidle')
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
    },
    mostAtOnce: () => counter.most,
  }
}

/** Finds a story by its name, as people do, and opens it. */
async function openInTree(page: Page, story: string): Promise<void> {
  await page.getByRole('searchbox').first().fill(story)
  await page.getByRole('button', { name: story }).first().click()
}

/** Waits until the bridge in the frame spoke with the editor, for the first time or once more. */
export async function bridgeSpeaks({ page }: Pick<OpenStory, 'page'>, times = 1): Promise<void> {
  const spoken = async (): Promise<number> => {
    const messages = await page.locator('.messages li').allTextContents()
    return messages.filter((message) => message.includes('initialized')).length
  }
  await expect.poll(spoken, { timeout: 10_000 }).toBeGreaterThanOrEqual(times)
}

/** Sends a message to the page in the frame, as the editor does. */
export async function tell({ page }: OpenStory, site: PreviewedSite, message: object): Promise<void> {
  await page.evaluate(
    ([sent, origin]) => {
      document.querySelector<HTMLIFrameElement>('#storyblok-preview')!.contentWindow!.postMessage(sent, origin)
    },
    [message, siteUrl(site)] as const,
  )
}

/** The site by a name that makes it another site than the editor. */
export function siteUrl({ url }: Pick<SiteUnderTest, 'url'>): string {
  return url.replace('127.0.0.1', 'localhost')
}
