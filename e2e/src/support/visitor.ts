import type { Browser, Page } from 'playwright'
import { onTestFinished } from 'vitest'
import { launchBrowser } from './browser.ts'

/** A visitor's browser at a page. */
export interface Visitor {
  page: Page
  /** What its console complains of. */
  complaints: string[]
  /** What it asked for. */
  asked: string[]
}

/** Opens a page in a browser of its own, until the test ends; or in a context of one that runs. */
export async function openVisitor(url: string, browser?: Browser): Promise<Visitor> {
  const own = browser ? undefined : await launchBrowser()
  const context = await (browser ?? own!).newContext()
  onTestFinished(async () => {
    await context.close()
    await own?.close()
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (message) => {
    if (/error|warning/.test(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(url, { waitUntil: 'networkidle' })
  return { page, complaints, asked }
}
