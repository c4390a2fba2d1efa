import { describe, expect, it, onTestFinished } from 'vitest'
import { createSpace, demoContent, tokens } from '../test-support.js'
import type { FaultRule } from './faults.js'

const path = `/v2/cdn/stories/home?version=draft&token=${tokens.preview}`

async function serve(...faults: FaultRule[]) {
  const space = createSpace({ content: demoContent, faults })
  const { url, close } = await space.listen()
  onTestFinished(close)
  return { space, url, get: (init?: RequestInit) => fetch(url + path, init) }
}

describe('faults over HTTP', () => {
  it.each([
    ['429', 429, 'Rate limit of 50 request per second has been reached. Retry later.'],
    ['500', 500, 'Internal Server Error'],
    ['html', 200, 'Wi-Fi'],
  ] as const)('answer as %s', async (kind, status, text) => {
    const { get } = await serve({ kind })
    const response = await get()
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(text)])
  })

  it('cut JSON off', async () => {
    const { get } = await serve({ kind: 'truncated' })
    await expect((await get()).json()).rejects.toThrow(SyntaxError)
  })

  it('reset the connection', async () => {
    const { get } = await serve({ kind: 'reset' })
    await expect(get()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  })

  it('hang until the client gives up', async () => {
    const { get } = await serve({ kind: 'hang' })
    await expect(get({ signal: AbortSignal.timeout(200) })).rejects.toThrow(/abort|timeout/i)
  })

  it('come every so many requests, below a path, and are changed while the space runs', async () => {
    const { space, url, get } = await serve({ kind: '500', every: 3, path: '/v2/cdn/stories' })
    const statuses: number[] = []
    for (let index = 0; index < 6; index++) statuses.push((await get()).status)
    expect(statuses).toEqual([200, 200, 500, 200, 200, 500])
    expect((await fetch(`${url}/v2/cdn/spaces/me?token=${tokens.public}`)).status).toBe(200)
    space.setFaults([])
    for (let index = 0; index < 3; index++) expect((await get()).status).toBe(200)
  })

  it('happen to the fetch handler as well', async () => {
    const { space } = await serve({ kind: 'reset' })
    await expect(space.fetch(new Request(`http://space.test${path}`))).rejects.toThrow('fetch failed')
    space.setFaults([{ kind: 'hang' }])
    const signal = AbortSignal.abort(new Error('gave up'))
    await expect(space.fetch(new Request(`http://space.test${path}`, { signal }))).rejects.toThrow('gave up')
  })

  it.each([
    [{ kind: 'flood' as never }, 'There is no fault “flood”'],
    [{ kind: '500' as const, every: 0 }, 'not every 0'],
  ])('that make no sense are refused: %j', (fault, message) => {
    expect(() => createSpace({ faults: [fault] })).toThrow(message)
  })
})
