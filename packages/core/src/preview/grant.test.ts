import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../tokens/secret.js'
import { findGrants } from './grant.js'
import type { GrantDecision } from './grant.js'
import { createPageTicket, verifyPageTicket } from './page-ticket.js'
import type { PreviewSpace } from './signed.js'

const now = 1_790_000_000
const hour = 3600
const current = new Secret('fakePREVIEWfakePREVIEWtt', 'preview')
const older = new Secret('fakeOLDERfakeOLDERfakett', 'preview')
const spaces: PreviewSpace[] = [
  { spaceId: 100001, preview: [current, older] },
  { spaceId: 100002, preview: [new Secret('fakeOTHERfakeOTHERfakett', 'preview')] },
]

interface Signing {
  spaceId?: number | string
  token?: Secret
  timestamp?: number | string
}

/** Signs as Storyblok does. */
function signature({ spaceId = 100001, token = current, timestamp = now - 5 }: Signing = {}): Record<string, string> {
  const signed = createHash('sha1').update(`${spaceId}:${token.reveal()}:${timestamp}`).digest('hex')
  return {
    '_storyblok_tk[space_id]': String(spaceId),
    '_storyblok_tk[timestamp]': String(timestamp),
    '_storyblok_tk[token]': signed,
  }
}

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }

function ask(
  query: Record<string, string> | string = {},
  headers: Record<string, string> = {},
  time = now,
  known = spaces,
): Promise<GrantDecision> {
  const search = typeof query === 'string' ? query : String(new URLSearchParams(query))
  return findGrants(new Request(`https://site.example/blog/hello?${search}`, { headers }), known, time)
}

/** The `Cookie` header of a browser that took what was set. */
const cookieOf = ({ cookies }: GrantDecision): string => cookies.map((cookie) => cookie.split(';')[0]).join('; ')

const openSession = async (signing?: Signing): Promise<string> => cookieOf(await ask(signature(signing), framed))
const grantedIds = ({ grants }: GrantDecision): number[] => grants.map(({ spaceId }) => spaceId)

describe('a signature', () => {
  it('of the Visual Editor is a grant', async () => {
    const decision = await ask({ _storyblok: '5001', ...signature() }, framed)
    expect(decision.grants).toMatchObject([{ spaceId: 100001, by: 'signature' }])
    expect(decision.redirect).toBeUndefined()
  })

  it('counts by every preview token, so that a rotation overlaps', async () => {
    expect(grantedIds(await ask(signature({ token: older })))).toEqual([100001])
  })

  it('picks the space by its id', async () => {
    const signing = { spaceId: 100002, token: spaces[1]!.preview[0]! }
    expect(grantedIds(await ask(signature(signing)))).toEqual([100002])
  })

  it.each([
    ['is forged', { ...signature(), '_storyblok_tk[token]': 'a'.repeat(40) }],
    ['is truncated', { ...signature(), '_storyblok_tk[token]': signature()['_storyblok_tk[token]']!.slice(0, 39) }],
    ['is upper-case', { ...signature(), '_storyblok_tk[token]': signature()['_storyblok_tk[token]']!.toUpperCase() }],
    ['is empty', { ...signature(), '_storyblok_tk[token]': '' }],
    ['is too old', signature({ timestamp: now - hour - 1 })],
    ['is from the future', signature({ timestamp: now + 61 })],
    ['has another time', { ...signature(), '_storyblok_tk[timestamp]': String(now - 6) }],
    ['has a time that is spelt otherwise', signature({ timestamp: `0${now - 5}` })],
    ['has a time with a fraction', signature({ timestamp: `${now - 5}.0` })],
    ['has an exponent for a time', signature({ timestamp: '179e7' })],
    ['is of another space’s token', signature({ token: spaces[1]!.preview[0]! })],
    ['is of a space that is not configured', signature({ spaceId: 100003 })],
    ['has a space id that is spelt otherwise', signature({ spaceId: '0100001' })],
    ['is of a token that was rotated out', signature({ token: new Secret('fakeGONEfakeGONEfakeGOtt', 'preview') })],
    ['has no space', { '_storyblok_tk[timestamp]': String(now), '_storyblok_tk[token]': 'a'.repeat(40) }],
    ['is a parameter without brackets', { _storyblok_tk: signature()['_storyblok_tk[token]']! }],
    ['has a parameter more', { ...signature(), '_storyblok_tk[extra]': '1' }],
  ])('that %s is none', async (_name, query) => {
    const decision = await ask(query, framed)
    expect(decision).toEqual({ grants: [], cookies: [] })
  })

  it('with a parameter twice is none, whichever is true', async () => {
    const query = String(new URLSearchParams(signature()))
    for (const [name, value] of Object.entries(signature())) {
      const twice = `${encodeURIComponent(name)}=${value}`
      expect(grantedIds(await ask(`${query}&${twice}`)), name).toEqual([])
      expect(grantedIds(await ask(`${query}&${encodeURIComponent(name)}=x`)), name).toEqual([])
    }
  })

  it('counts with encoded and with plain brackets', async () => {
    const query = String(new URLSearchParams(signature()))
    expect(query).toContain('%5B')
    expect(grantedIds(await ask(query.replaceAll('%5B', '[').replaceAll('%5D', ']')))).toEqual([100001])
  })

  it('that does not verify takes the session’s grant away', async () => {
    const cookie = await openSession()
    expect(grantedIds(await ask({}, { cookie }))).toEqual([100001])
    expect(grantedIds(await ask({ '_storyblok_tk[token]': 'x' }, { cookie }))).toEqual([])
  })

  it('is never any text but the true one', async () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{40}$/))
    await fc.assert(
      fc.asyncProperty(text, fc.string(), fc.string(), async (token, timestamp, spaceId) => {
        const forged = { '_storyblok_tk[token]': token }
        const others = { '_storyblok_tk[timestamp]': timestamp, '_storyblok_tk[space_id]': spaceId }
        expect(grantedIds(await ask({ ...signature(), ...forged }))).toEqual([])
        expect(grantedIds(await ask({ ...signature(), ...forged, ...others }))).toEqual([])
      }),
    )
  })
})

describe('a session', () => {
  it('is kept in the frame’s own jar there, and in a lax one at top level', async () => {
    const inFrame = await ask(signature(), framed)
    const atTop = await ask(signature())
    expect(inFrame.cookies[0]).toMatch(
      /^__Host-keyblok-100001-frame=[\w.-]+; Path=\/; Max-Age=3600; HttpOnly; Secure; SameSite=None; Partitioned$/,
    )
    expect(atTop.cookies[0]).toMatch(
      /^__Host-keyblok-100001=[\w.-]+; Path=\/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect([inFrame.cookies.length, atTop.cookies.length]).toEqual([1, 1])
  })

  it('grants what comes without a signature', async () => {
    const decision = await ask({}, { cookie: await openSession() })
    expect(decision.grants).toMatchObject([{ spaceId: 100001, by: 'session' }])
    expect(decision.cookies).toEqual([])
  })

  it('ends an hour after it was opened, unless it is used', async () => {
    const cookie = await openSession()
    expect(grantedIds(await ask({}, { cookie }, now + hour - 1))).toEqual([100001])
    expect(grantedIds(await ask({}, { cookie }, now + hour))).toEqual([])
  })

  it('is renewed by its use, in its own jar, and never beyond eight hours', async () => {
    let cookie = await openSession({ timestamp: now })
    const granted: number[] = []
    const renewals: string[] = []
    for (let time = now; time < now + 12 * hour; time += hour / 4) {
      const decision = await ask({}, { cookie }, time)
      renewals.push(...decision.cookies)
      cookie = cookieOf(decision) || cookie
      if (decision.grants.length > 0) granted.push(time - now)
    }
    expect(renewals.filter((renewal) => !renewal.includes('-frame='))).toEqual([])
    expect(Math.max(...granted)).toBe(8 * hour - hour / 4)
    expect(granted).toHaveLength(8 * 4)
  })

  it('that is replayed ends with the signature’s time, not with the replay’s', async () => {
    const replayed = cookieOf(await ask(signature({ timestamp: now }), framed, now + hour))
    const decisions = await Promise.all([8 * hour - 1, 8 * hour].map((age) => ask({}, { cookie: replayed }, now + age)))
    expect(decisions.map(({ grants }) => grants.length)).toEqual([0, 0])
    const fresh = await ask({}, { cookie: replayed }, now + hour + 10)
    expect(fresh.grants[0]?.session.claims.iat).toBe(now)
  })

  it('ends with its preview token', async () => {
    const cookie = await openSession({ token: older })
    expect(grantedIds(await ask({}, { cookie }))).toEqual([100001])
    const rotated = [{ spaceId: 100001, preview: [current] }]
    expect(grantedIds(await ask({}, { cookie }, now, rotated))).toEqual([])
  })

  it('is of one space, whatever its cookie is called', async () => {
    const cookie = await openSession()
    const renamed = cookie.replace('keyblok-100001', 'keyblok-100002')
    expect(renamed).not.toBe(cookie)
    expect(grantedIds(await ask({}, { cookie: renamed }))).toEqual([])
    // Even when both spaces have the same preview token.
    const twins = spaces.map(({ spaceId }) => ({ spaceId, preview: [current] }))
    expect(grantedIds(await ask({}, { cookie: renamed }, now, twins))).toEqual([])
    expect(grantedIds(await ask({}, { cookie }, now, twins))).toEqual([100001])
  })

  it('is not any other cookie', async () => {
    const cookie = await openSession()
    const [name = '', value = ''] = cookie.split('=')
    const [payload = '', mac = ''] = value.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: now + 99 * hour })).toString('base64url')
    const forgeries = [
      `${longer}.${mac}`,
      `${payload}.${mac.slice(0, -1)}`,
      `${payload}.${mac.toUpperCase()}`,
      `${payload}`,
      `${payload}.`,
      `.${mac}`,
      `${payload}.${mac}.${mac}`,
      `${payload}=.${mac}`,
      'null.AAAA',
      `${Buffer.from('null').toString('base64url')}.${mac}`,
      '%00',
      'a'.repeat(100_000),
    ]
    for (const forgery of forgeries) {
      expect(grantedIds(await ask({}, { cookie: `${name}=${forgery}` })), forgery.slice(0, 60)).toEqual([])
    }
  })

  it('whose cookie comes twice is nobody’s', async () => {
    const cookie = await openSession()
    expect(grantedIds(await ask({}, { cookie: `${cookie}; ${cookie}` }))).toEqual([])
    expect(grantedIds(await ask({}, { cookie: `${cookie}; other=1` }))).toEqual([100001])
  })

  it('may be in both jars at once', async () => {
    const [frame, top] = [await openSession(), cookieOf(await ask(signature()))]
    expect(grantedIds(await ask({}, { cookie: `${top}; ${frame}` }))).toEqual([100001])
    // One that is broken does not spoil the other.
    expect(grantedIds(await ask({}, { cookie: `${top}; __Host-keyblok-100001-frame=x` }))).toEqual([100001])
  })

  it('is of no other purpose', async () => {
    const { grants } = await ask(signature())
    const ticket = await createPageTicket(grants[0]!, { path: '/blog', stories: [1] }, now)
    expect(grantedIds(await ask({}, { cookie: `__Host-keyblok-100001=${ticket}` }))).toEqual([])
  })

  it('holds no token', async () => {
    const cookie = await openSession()
    const seen = `${cookie} ${Buffer.from(cookie.split('=')[1]!, 'base64url').toString()}`
    expect(seen).not.toContain(current.reveal())
  })
})

describe('redirects', () => {
  const redirectOf = async (url: string, init: RequestInit = {}): Promise<string | undefined> =>
    (await findGrants(new Request(url, init), spaces, now)).redirect
  const signed = String(new URLSearchParams(signature()))

  it('take the signature out of the address at top level, and nothing else', async () => {
    const url = `https://site.example/blog/hello?a=1&${signed}&_storyblok_lang=de&a=2`
    expect(await redirectOf(url)).toBe('/blog/hello?a=1&_storyblok_lang=de&a=2')
    expect(await redirectOf(url, { headers: framed })).toBeUndefined()
    expect(await redirectOf(url, { method: 'POST' })).toBeUndefined()
  })

  it('take the marker away where nobody is editing', async () => {
    const cookie = await openSession()
    expect(await redirectOf('https://site.example/blog?_keyblok=1&b=2')).toBe('/blog?b=2')
    expect(await redirectOf('https://site.example/blog?_keyblok=1', { headers: { cookie } })).toBeUndefined()
  })

  it('end the preview in both jars when it is left', async () => {
    const decision = await ask({ _keyblok: 'leave', a: '1' }, { cookie: await openSession() })
    expect(decision.redirect).toBe('/blog/hello?a=1')
    expect(decision.grants).toEqual([])
    expect(decision.cookies.filter((cookie) => cookie.includes('-100001'))).toEqual([
      '__Host-keyblok-100001=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax',
      '__Host-keyblok-100001-frame=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned',
    ])
  })

  it.each(['//evil.example/x', '///evil.example', '/\\evil.example', '/%5Cevil.example', '/.//evil.example', '/a//b'])(
    'stay on this host: %s',
    async (path) => {
      const target = await redirectOf(`https://site.example${path}?${signed}`)
      expect(new URL(target!, 'https://site.example').origin).toBe('https://site.example')
    },
  )

  it('stay on this host, whatever the path', async () => {
    const path = fc.array(fc.constantFrom('/', '\\', '.', '%2f', '%5c', '@', ':', 'a', 'evil.example', ';', '\t', 'é'))
    await fc.assert(
      fc.asyncProperty(path, async (parts) => {
        const target = await redirectOf(`https://site.example/${parts.join('')}?${signed}`)
        expect(new URL(target!, 'https://site.example').origin).toBe('https://site.example')
        expect(target).not.toContain('_storyblok_tk')
      }),
      { numRuns: 300 },
    )
  })
})

describe('a page ticket', () => {
  const space = spaces[0]!

  it('allows its page and stories, with its session', async () => {
    const { grants } = await ask({}, { cookie: await openSession() })
    const ticket = await createPageTicket(grants[0]!, { path: '/blog/hello', stories: [5001, 5002, 5001] }, now)
    const allowed = { path: '/blog/hello', stories: [5001, 5002], grant: { spaceId: 100001, by: 'session' } }
    expect(await verifyPageTicket(ticket, space, grants[0]!.session, now)).toMatchObject(allowed)
  })

  it('counts without its session only on a page that a signature opened', async () => {
    const signedPage = await ask(signature(), framed)
    const sessionPage = await ask({}, { cookie: cookieOf(signedPage) })
    const tickets = await Promise.all(
      [signedPage, sessionPage].map(({ grants }) => createPageTicket(grants[0]!, { path: '/', stories: [1] }, now)),
    )
    const verified = await Promise.all(tickets.map((ticket) => verifyPageTicket(ticket, space, null, now)))
    expect(verified.map((ticket) => ticket !== null)).toEqual([true, false])
  })

  it('survives the renewal of its session, and no other session', async () => {
    const opened = await ask(signature({ timestamp: now - 10 }), framed)
    const first = await ask({}, { cookie: cookieOf(opened) })
    const renewed = await ask({}, { cookie: cookieOf(opened) }, now + hour - 60)
    const other = await ask(signature({ timestamp: now - 20 }), framed)
    const ticket = await createPageTicket(first.grants[0]!, { path: '/', stories: [1] }, now)
    const verify = async ({ grants }: GrantDecision) => verifyPageTicket(ticket, space, grants[0]!.session, now)
    expect(await verify(renewed)).not.toBeNull()
    expect(await verify(other)).toBeNull()
  })

  it('of a page that a signature opened stands beside the session of one that was opened later', async () => {
    const first = await ask(signature({ timestamp: now - 10 }), framed)
    const later = await ask(signature({ timestamp: now - 1 }), framed)
    const ticket = await createPageTicket(first.grants[0]!, { path: '/', stories: [1] }, now)
    expect(await verifyPageTicket(ticket, space, later.grants[0]!.session, now)).not.toBeNull()
  })

  it.each(['//evil.example/x', '/\\evil.example', 'https://evil.example/', '/%2f/evil.example', '/%5cevil.example'])(
    'is none for a path that could be another host’s: %s',
    async (path) => {
      const { grants } = await ask(signature())
      const ticket = await createPageTicket(grants[0]!, { path, stories: [1] }, now)
      expect(await verifyPageTicket(ticket, space, grants[0]!.session, now)).toBeNull()
    },
  )

  it('is none when it is forged, over, of another space or a session', async () => {
    const { grants } = await ask(signature())
    const ticket = await createPageTicket(grants[0]!, { path: '/', stories: [1] }, now)
    const session = cookieOf(await ask(signature())).split('=')[1]!
    const attempts: [string, PreviewSpace, number][] = [
      [`${ticket}x`, space, now],
      [ticket, { spaceId: 100002, preview: space.preview }, now],
      [ticket, { spaceId: 100001, preview: [older] }, now],
      [ticket, space, now + hour],
      [session, space, now],
      ['', space, now],
    ]
    for (const [value, where, time] of attempts) expect(await verifyPageTicket(value, where, null, time)).toBeNull()
    expect(await verifyPageTicket(ticket, space, null, now)).not.toBeNull()
  })
})
