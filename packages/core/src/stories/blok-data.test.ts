import { afterEach, describe, expect, it, vi } from 'vitest'
import { KeyblokError } from '../errors.js'
import { blokDataFunction, readBlokData } from './blok-data.js'
import { defineBlokData } from './define-blok-data.js'
import { Journal } from './journal.js'
import type { Storyblok } from './reader.js'

const log = vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => log.mockClear())

const teaser = { _uid: '1', component: 'teaser', count: '2' }
const contextOf = () => ({
  storyblok: { journal: new Journal() } as Storyblok,
  url: new URL('https://site.test/page'),
})

describe('blok data', () => {
  it('is what the function of the blok’s component gives', async () => {
    const functions = defineBlokData({ teaser: async ({ blok, url }) => [Number(blok['count']), url.pathname] })
    expect(await readBlokData(functions, teaser, contextOf(), false)).toEqual({ data: [2, '/page'] })
  })

  it('is there for components with a function only', () => {
    const functions = defineBlokData({ teaser: () => 1 })
    expect(blokDataFunction(functions, teaser)).toBeTypeOf('function')
    for (const blok of [{ component: 'hero' }, { component: 'toString' }, { component: 5 }, null, 'teaser']) {
      expect(blokDataFunction(functions, blok)).toBeUndefined()
    }
  })

  it('that fails is an error of its blok, and the page is none to keep', async () => {
    const cause = new Error('No.')
    const context = contextOf()
    const functions = defineBlokData({ teaser: () => Promise.reject(cause) })
    const result = await readBlokData(functions, teaser, context, false)
    expect(result).toEqual({ error: expect.objectContaining({ code: 'KB_BLOK_DATA_FAILED', cause }) })
    expect(log.mock.calls[0]?.[0]).toContain('The data of the blok “teaser” (1) could not be read.')
    expect(context.storyblok.journal.failed).toBe(true)
  })

  it('that fails in a build fails the build, and says where', async () => {
    const cause = new KeyblokError('KB_TIMEOUT', 'Asked twice.')
    const functions = defineBlokData({
      teaser: () => {
        throw cause
      },
    })
    await expect(readBlokData(functions, teaser, contextOf(), true)).rejects.toThrow(
      /KB_TIMEOUT.*Needed for: the data of the blok “teaser” \(1\)/,
    )
  })
})
