import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyblokError } from '../errors.js'
import { Secret } from '../tokens/secret.js'
import { accessTo, createDelivery, createSpace, fetchFrom, textOf, tokens } from '../test-support.js'

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const html = (status: number) => () => new Response('<h1>Hello</h1>', { status })
const networkError = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
}

async function failureOf(promise: Promise<unknown>): Promise<KeyblokError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(KeyblokError)
  return error as KeyblokError
}

describe('reading', () => {
  it('finds one story by slug, id and UUID', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    const access = accessTo('published')
    const bySlug = await delivery.story(access, { slug: 'articles/small-gear' })
    const { id, uuid } = bySlug!.story
    expect((await delivery.story(access, { id }))?.story.uuid).toBe(uuid)
    expect((await delivery.story(access, { uuid }))?.story.id).toBe(id)
  })

  it('finds a folder’s start page with and without its slash', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    for (const slug of ['articles', 'articles/']) {
      expect((await delivery.story(accessTo('published'), { slug }))?.story.full_slug).toBe('articles/')
    }
  })

  it('gives null for a story that is missing, unpublished or a folder', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    for (const slug of ['nowhere', 'membership', 'authors', 'home?version=draft', '../spaces/me', '5009']) {
      expect(await delivery.story(accessTo('published'), { slug }), slug).toBeNull()
    }
    expect(await delivery.story(accessTo('draft'), { slug: 'membership' })).not.toBeNull()
  })

  it('asks nothing for a slug that no story can have', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    expect(await createDelivery(fetch).story(accessTo('published'), { slug: 'a/../b' })).toBeNull()
    expect(await createDelivery(fetch).story(accessTo('published'), { uuid: '../stories' })).toBeNull()
    expect(urls).toEqual([])
  })

  it('takes a slug of digits for a slug', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    const delivery = createDelivery(fetch)
    const home = await delivery.story(accessTo('published'), { slug: 'home' })
    expect(await delivery.story(accessTo('published'), { slug: String(home!.story.id) })).toBeNull()
    expect(urls.at(-1)?.searchParams.get('by_slugs')).toBe(String(home!.story.id))
  })

  it('reads a page of stories with the total', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    const query = { contentType: 'article', sortBy: 'content.published_on:desc', perPage: 3 }
    const published = await delivery.stories(accessTo('published'), query)
    expect(published.total).toBe(25)
    expect(published.stories.map(({ slug }) => slug)).toEqual([
      'the-quiet-season',
      'reading-granite',
      'fingers-remember',
    ])
    expect((await delivery.stories(accessTo('draft'), query)).total).toBe(29)
  })

  it('reads links and the space', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    const { links, total } = await delivery.links(accessTo('published'), { startsWith: 'guides/', perPage: 2 })
    expect(links).toHaveLength(2)
    expect(total).toBe(9)
    expect((await delivery.space(accessTo('published'))).name).toBe('Chalkline')
  })

  it('sends the version and the token of its access, whatever the query', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    await createDelivery(fetch).stories(accessTo('draft'))
    await createDelivery(fetch).stories(accessTo('published'))
    expect(urls.map(({ searchParams }) => [searchParams.get('version'), searchParams.get('token')])).toEqual([
      ['draft', tokens.preview],
      ['published', tokens.public],
      ['published', tokens.public],
    ])
  })
})

describe('the cache version', () => {
  it('is learned from the redirect, and used again', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    const delivery = createDelivery(fetch)
    await delivery.stories(accessTo('published'))
    await delivery.links(accessTo('published'))
    expect(urls.map(({ searchParams }) => searchParams.has('cv'))).toEqual([false, true, true])
  })

  it('is asked for again after a while, so that a publish shows', async () => {
    const space = createSpace()
    const delivery = createDelivery(fetchFrom(space).fetch, { cacheVersionLifetime: 0 })
    const read = () => delivery.story(accessTo('published'), { slug: 'membership' })
    expect(await read()).toBeNull()
    space.publish('membership')
    expect(await read()).not.toBeNull()
  })

  it('is never sent with a draft', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    await createDelivery(fetch).stories(accessTo('draft'))
    expect(urls.map(({ searchParams }) => searchParams.has('cv'))).toEqual([false])
  })

  it('is all that is taken from a redirect: the token stays where it was sent', async () => {
    const elsewhere = () =>
      new Response(null, { status: 301, headers: { location: 'https://evil.example/?cv=1700000000' } })
    const { fetch, urls } = fetchFrom(createSpace(), [elsewhere])
    await createDelivery(fetch).stories(accessTo('published'))
    expect(new Set(urls.map(({ origin }) => origin))).toEqual(new Set(['https://api.space.test']))
  })

  it.each(['https://evil.example/login', '/v2/cdn/stories?cv=abc', '/v2/cdn/stories?cv=99999999999', ''])(
    'fails at a redirect to %j',
    async (location) => {
      const redirect = () => new Response(null, { status: 302, headers: { location } })
      const { fetch, urls } = fetchFrom(createSpace(), [redirect])
      const error = await failureOf(createDelivery(fetch).stories(accessTo('published')))
      expect(error.code).toBe('KB_UPSTREAM_INVALID')
      expect(urls).toHaveLength(1)
    },
  )

  it('does not go round in circles', async () => {
    const redirect = () => new Response(null, { status: 301, headers: { location: '/?cv=1700000000' } })
    const { fetch, urls } = fetchFrom(
      createSpace(),
      Array.from({ length: 20 }, () => redirect),
    )
    expect((await failureOf(createDelivery(fetch).stories(accessTo('published')))).code).toBe('KB_UPSTREAM_INVALID')
    expect(urls.length).toBeLessThan(6)
  })
})

describe('failures', () => {
  it.each([
    ['401', json({ error: 'Unauthorized' }, 401), 'KB_TOKEN_REFUSED', 1],
    ['403', json({ error: 'Forbidden' }, 403), 'KB_TOKEN_REFUSED', 1],
    ['422', json({ error: 'Parameter(s) x not allowed' }, 422), 'KB_PARAMETER_INVALID', 1],
    ['400', json({ error: 'Bad' }, 400), 'KB_PARAMETER_INVALID', 1],
    ['429', json({ error: 'Rate limit' }, 429, { 'retry-after': '0' }), 'KB_RATE_LIMITED', 3],
    ['500', json({ error: 'Oops' }, 500), 'KB_UPSTREAM_FAILED', 3],
    ['502 as HTML', html(502), 'KB_UPSTREAM_FAILED', 3],
    ['200 as HTML', html(200), 'KB_UPSTREAM_INVALID', 1],
    ['404 as HTML', html(404), 'KB_UPSTREAM_INVALID', 1],
    ['broken JSON', () => new Response('{"story":'), 'KB_UPSTREAM_INVALID', 1],
    ['JSON that is no object', json(null), 'KB_UPSTREAM_INVALID', 1],
    ['JSON of something else', json({ hello: 'world' }), 'KB_UPSTREAM_INVALID', 1],
    ['no connection', networkError, 'KB_UPSTREAM_FAILED', 3],
  ] as const)('turns %s into %4$s', async (_name, answer, code, requests) => {
    const { fetch, urls } = fetchFrom(
      createSpace(),
      Array.from({ length: 9 }, () => answer),
    )
    const error = await failureOf(createDelivery(fetch).story(accessTo('draft'), { slug: 'home' }))
    expect(error.code).toBe(code)
    expect(urls).toHaveLength(requests)
    expect(error.url ?? '').not.toContain('token=')
  })

  it('tries again, and reads after all', async () => {
    const first = [json({}, 429, { 'retry-after': '0' }), networkError]
    const { fetch, urls } = fetchFrom(createSpace(), first)
    expect(await createDelivery(fetch).story(accessTo('draft'), { slug: 'home' })).not.toBeNull()
    expect(urls).toHaveLength(3)
  })

  it('waits as long as the API asks, but never past its deadline', async () => {
    const { fetch, urls } = fetchFrom(createSpace(), [json({}, 429, { 'retry-after': '3600' })])
    const error = await failureOf(createDelivery(fetch).story(accessTo('draft'), { slug: 'home' }))
    expect(error.code).toBe('KB_RATE_LIMITED')
    expect(urls).toHaveLength(1)
  })

  it('gives up on an API that does not answer, and on a body that does not end', async () => {
    const never = (_input: string, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const endless = (_input: string, init?: RequestInit) => {
      const body = new ReadableStream({
        start: (controller) => init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason)),
      })
      return Promise.resolve(new Response(body))
    }
    for (const fetch of [never, endless]) {
      const delivery = createDelivery(fetch, { timeout: 20, deadline: 60 })
      expect((await failureOf(delivery.stories(accessTo('draft')))).code).toBe('KB_TIMEOUT')
    }
  })

  it('says why there is no connection', async () => {
    const error = await failureOf(createDelivery(networkError, { attempts: 1 }).stories(accessTo('draft')))
    expect(error.message).toContain('cannot be reached: ECONNREFUSED.')
  })

  it('says what happened and what to do', async () => {
    const { fetch } = fetchFrom(createSpace(), [json({ error: 'Unauthorized' }, 401)])
    const error = await failureOf(createDelivery(fetch).stories(accessTo('published'), { startsWith: 'blog/' }))
    expect(error.report).toMatchInlineSnapshot(`
      "[keyblok] Storyblok refused the access token (KB_TOKEN_REFUSED). It answered 401 to the public token: Unauthorized. Asked was https://api.space.test/v2/cdn/stories?version=published&starts_with=blog%2F
      Either the token is wrong, revoked or in the wrong variable, or the space lives in another region than the one that was asked: set STORYBLOK_REGION (eu, us, ca, ap, cn) or STORYBLOK_SPACE_ID. See https://github.com/keyblok/keyblok/blob/main/errors/KB_TOKEN_REFUSED.md"
    `)
    expect(error.url).toMatchInlineSnapshot(
      `"https://api.space.test/v2/cdn/stories?version=published&starts_with=blog%2F"`,
    )
  })
})

describe('redaction', () => {
  it('keeps any token out of any error, its causes and its URL', async () => {
    const failures = fc.constantFrom<(url: string) => Response>(
      (url) => new Response(`<a href="${url}">`, { status: 500 }),
      (url) => new Response(JSON.stringify({ error: `no access for ${url}` }), { status: 401 }),
      (url) => new Response(null, { status: 302, headers: { location: url } }),
      (url) => {
        throw new TypeError(`error sending request for url (${url})`, { cause: new Error(url) })
      },
      (url) => {
        throw Object.assign(new Error(url), { code: 'ECONNRESET', request: url })
      },
    )
    // What no token holds, an error may.
    const anyToken = fc.string({ minLength: 8, maxLength: 40 }).filter((value) => /^[\x21-\x7e]+$/.test(value))
    await fc.assert(
      fc.asyncProperty(anyToken, failures, async (token, fail) => {
        const delivery = createDelivery(async (url) => fail(url), { attempts: 1 })
        const access = { ...accessTo('draft'), token: new Secret(token, 'preview') }
        const error = await failureOf(delivery.story(access, { slug: 'home' }))
        expect(textOf(error)).not.toContain(token)
        expect(textOf(error)).not.toContain(encodeURIComponent(token))
      }),
      { numRuns: 300 },
    )
  })

  it('copies a chain of causes that is a circle, to an end', async () => {
    const circle = new Error('one', { cause: new Error('two') })
    ;(circle.cause as Error).cause = circle
    const delivery = createDelivery(() => Promise.reject(circle), { attempts: 1 })
    expect(textOf(await failureOf(delivery.story(accessTo('draft'), { slug: 'home' })))).toContain('two')
  })

  it('is needed: the runtime’s own error holds the token', () => {
    const error = new TypeError(`error sending request for url (https://api.test/?token=${tokens.preview})`)
    expect(textOf(error)).toContain(tokens.preview)
  })
})
