import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { DeliveryEvent } from './events.js'
import { Secret } from '../tokens/secret.js'
import { createDelivery, textOf } from '../test-support.js'

/** The ways in which a token could be written. */
function spellings(token: string): string[] {
  const bytes = Buffer.from(token)
  const base64 = ['', 'x', 'xx'].map((before) =>
    Buffer.from(before + token)
      .toString('base64')
      .slice(4, -4),
  )
  return [token, encodeURIComponent(token), bytes.toString('hex'), [...token].toReversed().join(''), ...base64]
}

/** How the other side can fail, with the token in whatever it says. */
const failures: ((token: string, url: string) => Response)[] = [
  (token) => Response.json({ error: `no such token: ${token}` }, { status: 401 }),
  (token, url) => Response.json({ error: `Not allowed: ${url}`, token }, { status: 422 }),
  (token) => new Response(`<h1>${token}</h1>`, { status: 502 }),
  (_token, url) => new Response(null, { status: 301, headers: { location: url } }),
  (_token, url) => new Response(null, { status: 302, headers: { location: `https://elsewhere.example/?u=${url}` } }),
  (token) => new Response(`{"story": ${token}`, { status: 200 }),
  (token) => Response.json([token]),
  (token) => Response.json({ error: token }, { status: 429, headers: { 'retry-after': '0' } }),
  (token, url) => {
    throw new TypeError(`Failed to parse URL from ${url}`, {
      cause: Object.assign(new Error(`getaddrinfo ${token}`, { cause: { token, url } }), { code: 'ENOTFOUND' }),
    })
  },
  (token, url) => {
    throw Object.assign(new Error(url), { token, request: { url } })
  },
  (token) => {
    throw token
  },
]

describe('whatever goes wrong', () => {
  it('no error, cause, log line or event holds the token in any spelling', async () => {
    const logged: unknown[] = []
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation((...line) => void logged.push(line)),
    )
    const token = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9]{22}tt$/),
      fc.string({ unit: 'binary-ascii', minLength: 8, maxLength: 40 }).filter((text) => /^[\x21-\x7e]+$/.test(text)),
    )
    const slug = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(token, slug, fc.constantFrom(...failures), async (value, path, fail) => {
        fc.pre(!path.includes(value) && spellings(value).every((spelling) => spelling.length >= 8))
        const events: DeliveryEvent[] = []
        const delivery = createDelivery(async (url) => fail(value, url), {
          attempts: 2,
          deadline: 5,
          rateLimit: false,
          onEvent: (event) => events.push(event),
        })
        const access = { version: 'published', token: new Secret(value, 'public'), reason: '' } as const
        const error: unknown = await delivery.story(access, { slug: path }).catch((reason: unknown) => reason)
        const said = [
          textOf(error),
          inspect(error, { depth: 9, showHidden: true }),
          inspect(events),
          inspect(logged),
        ].join()
        for (const spelling of spellings(value)) expect(said).not.toContain(spelling)
      }),
      { numRuns: 400 },
    )
    for (const spy of spies) spy.mockRestore()
  })

  it('would be told where somebody looked at the failure itself', () => {
    const leaks = failures.filter((fail) => {
      try {
        return Object.fromEntries(fail('fakeTOKEN', 'https://x/?token=fakeTOKEN').headers)['location']?.includes(
          'fakeTOKEN',
        )
      } catch (error) {
        return inspect(error).includes('fakeTOKEN')
      }
    })
    expect(leaks).toHaveLength(5)
  })
})
