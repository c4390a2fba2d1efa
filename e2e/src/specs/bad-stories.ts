import { describe, expect, it } from 'vitest'
import type { FaultyApi } from '../support/faulty-api.ts'

/** A site that shows the stories of `support/bad-stories.ts`, while the tests of a file run. */
export interface BadStoriesSite {
  readonly url: string
  readonly api: FaultyApi
}

/** Pages of stories that editors, or programs, got wrong. */
export function describeBadStories(site: BadStoriesSite): void {
  const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
    const response = await fetch(`${site.url}${path}`)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  describe('a page', () => {
    it.each(['/cyclic-a', '/itself'])('of stories that point at each other ends: %s', async (path) => {
      const { status, text } = await get(path)
      expect(status).toBe(200)
      expect(text).toMatch(/next \w+ then (A|Itself|nothing)/)
    })

    it('of 10 MB is shown', async () => {
      const { status, text } = await get('/large')
      expect([status, text.length > 10_000_000]).toEqual([200, true])
    })

    it('of bloks nested a hundred deep is shown', async () => {
      const { text } = await get('/deep')
      expect(text.match(/class="box"/g)).toHaveLength(100)
      expect(text).toContain('innermost')
    })

    it('without a translation is shown in the default language', async () => {
      expect((await get('/de/deep')).text).toContain('<h1>Deep</h1>')
    })

    it('whose asset was deleted has no image', async () => {
      const { status, text } = await get('/no-asset')
      expect(status).toBe(200)
      expect(text).not.toContain('<img')
    })

    it.each(['/strange', '/list', '/no-component'])(
      'with bloks that are none is shown without them: %s',
      async (path) => {
        const { status, text } = await get(path)
        expect(status).toBe(200)
        expect(text.slice(text.indexOf('<main'), text.indexOf('</main'))).not.toContain('undefined')
      },
    )

    it('that there is not is 404, and costs one request at most', async () => {
      await get('/')
      const before = site.api.asked.length
      expect((await get('/nowhere')).status).toBe(404)
      expect((await get('/nowhere')).status).toBe(404)
      expect(site.api.asked.length - before).toBeLessThanOrEqual(1)
    })

    it('that was read is still shown while Storyblok is away, and one that was not asks to come back', async () => {
      await get('/deep')
      site.api.fail('error')
      try {
        expect((await get('/deep')).text).toContain('innermost')
        const missing = await get('/cyclic-b')
        expect([missing.status, missing.headers.get('retry-after')]).toEqual([503, '5'])
      } finally {
        site.api.fail('none')
      }
    })
  })
}
