import { afterEach, describe, expect, it } from 'vitest'
import { environmentOf } from '../../../scripts/lib/demo-space.ts'
import { startDev, startProduction } from '../../../scripts/lib/playground.ts'
import type { RunningSite } from '../../../scripts/lib/playground.ts'
import type { Fault } from '../support/faulty-api.ts'
import type { SiteUnderTest } from '../support/site.ts'
import { tokensIn } from '../support/tokens.ts'

interface FaultCase {
  fault: Fault
  code: string
  status: 500 | 503
}

const cases: readonly FaultCase[] = [
  { fault: 'down', code: 'KB_UPSTREAM_FAILED', status: 503 },
  { fault: 'error', code: 'KB_UPSTREAM_FAILED', status: 503 },
  { fault: 'slow', code: 'KB_TIMEOUT', status: 503 },
  { fault: 'html', code: 'KB_UPSTREAM_INVALID', status: 503 },
  { fault: 'broken-json', code: 'KB_UPSTREAM_INVALID', status: 503 },
  { fault: 'refused', code: 'KB_TOKEN_REFUSED', status: 500 },
]

/** A site whose API or configuration fails. */
export function describeFaults(site: SiteUnderTest): void {
  const isChecked = site.framework === 'sveltekit' && site.mode === 'production'

  describe('faults', () => {
    afterEach(() => site.api.fail('none'))

    it.each(cases)('explains itself when the API is $fault', async ({ fault, code, status }) => {
      site.api.fail(fault)
      if (site.mode === 'dev') await expectExplanation(site, code)
      else await expectPlainError(`${site.url}/never-read-${fault}`, status)
      expect(site.output).toContain(code)
      expect(tokensIn(site.output)).toEqual([])
    })

    it.skipIf(site.mode === 'dev')('goes on showing what it read before the API was down', async () => {
      const before = await (await fetch(`${site.url}/about`)).text()
      site.api.fail('down')
      const during = await fetch(`${site.url}/about`)
      expect([during.status, await during.text()]).toEqual([200, before])
    })

    it('works again once the API does', async () => {
      site.api.fail('down')
      await fetch(`${site.url}/about`)
      site.api.fail('none')
      expect((await fetch(`${site.url}/about`)).status).toBe(200)
    })

    // SvelteKit checks its variables before anybody asks.
    it.runIf(isChecked)('does not start without its token, and names the variable', async () => {
      await expect(startWithoutToken(site)).rejects.toThrow('STORYBLOK_PUBLIC_TOKEN is not set')
    })

    it.skipIf(isChecked)('names the missing variable when there is no token', async () => {
      const running = await startWithoutToken(site)
      try {
        if (site.mode === 'dev')
          await expectExplanation({ ...site, open: site.open, url: running.url }, 'KB_TOKEN_MISSING')
        else await expectPlainError(`${running.url}/about`, 500)
        expect(running.output()).toContain('STORYBLOK_PUBLIC_TOKEN')
      } finally {
        await running.stop()
      }
    })
  })
}

function startWithoutToken(site: SiteUnderTest): Promise<RunningSite> {
  const { STORYBLOK_API_URL, STORYBLOK_SPACE_ID } = environmentOf(site.space, site.api.url)
  const start = site.mode === 'dev' ? startDev : startProduction
  return start(site.framework, { STORYBLOK_API_URL, STORYBLOK_SPACE_ID } as never)
}

/** In dev the page itself says what is wrong and what to do. */
async function expectExplanation(site: Pick<SiteUnderTest, 'url' | 'open'>, code: string): Promise<void> {
  const page = await site.open('/')
  await page.goto(`${site.url}/about`)
  await expect.poll(() => visibleText(page)).toContain(code)
  expect(tokensIn(await page.content())).toEqual([])
}

/** The text of a page, and of an error overlay in its shadow root. */
function visibleText(page: Awaited<ReturnType<SiteUnderTest['open']>>): Promise<string> {
  return page.evaluate(() => {
    const overlay = document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? ''
    return `${document.body.innerText} ${overlay}`
  })
}

/** In production a visitor learns nothing but that it does not work. */
async function expectPlainError(url: string, status: number): Promise<void> {
  const response = await fetch(url)
  const text = await response.text()
  expect(response.status).toBe(status)
  expect(tokensIn(text + JSON.stringify(Object.fromEntries(response.headers)))).toEqual([])
  expect(text).not.toMatch(/KB_|STORYBLOK_|127\.0\.0\.1:\d+\/v2|at .*\.[jt]s:\d+/)
}
