import { defineSpace, defineStories } from '../src/index.js'
import { receive } from '../src/preview.js'
import { Site } from '../src/server.js'
import type { SiteOptions } from '../src/server.js'
import { readWebhook } from '../src/webhooks.js'
import { Secret } from '../src/tokens/secret.js'

/** What a runtime gives a case: how to reach the local space, and its fakes. */
export interface ContractContext {
  fetch: NonNullable<SiteOptions['fetch']>
  tokens: { public: string; preview: string }
}

type Case = (context: ContractContext) => Promise<unknown>

const space = defineSpace({ resolveRelations: ['article.author'] })
const pages = defineStories(space, { contentType: 'page' })
const articles = defineStories(space, { contentType: 'article', startsWith: 'articles/' })

const variables = ({ tokens }: ContractContext): Record<string, string> => ({
  STORYBLOK_API_URL: 'https://api.space.test',
  STORYBLOK_SPACE_ID: '100001',
  STORYBLOK_PUBLIC_TOKEN: tokens.public,
  STORYBLOK_PREVIEW_TOKEN: tokens.preview,
  STORYBLOK_ENVIRONMENT: 'production',
})

function createSite(context: ContractContext, options: Partial<SiteOptions> = {}): Site {
  const env = variables(context)
  return new Site({ env: (name) => env[name], dev: false, fetch: context.fetch, ...options })
}

const toHex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const neverAnswers: ContractContext['fetch'] = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
  })

/**
 * What the core does alike in every runtime. Each case gives what it found out as plain data; {@link contractAnswers}
 * says what that has to be.
 */
export const contractCases: Readonly<Record<string, Case>> = {
  'reads a story with its relations': async (context) => {
    const story = await createSite(context).visit({ local: false }).story(articles, 'small-gear')
    const author = story?.content['author'] as { href: string } | undefined
    return { href: story?.href, author: author?.href }
  },
  'reads a whole list': async (context) => {
    const stories = await createSite(context).visit({ local: false }).all(articles)
    return stories.length
  },
  'shares equal reads and keeps them': async (context) => {
    let requests = 0
    const fetch: ContractContext['fetch'] = (input, init) => {
      requests++
      return context.fetch(input, init)
    }
    const storyblok = createSite(context, { fetch }).visit({ local: false })
    const stories = await Promise.all([storyblok.story(pages, 'about'), storyblok.story(pages, 'about')])
    const again = await storyblok.story(pages, 'about')
    return { requests, same: stories[0] === stories[1] && stories[0] === again }
  },
  'gives null for what is missing or is no slug': async (context) => {
    const storyblok = createSite(context).visit({ local: false })
    const slugs = ['nowhere', '../spaces/me', 'a\0b', 'membership']
    return Promise.all(slugs.map((slug) => storyblok.story(pages, slug)))
  },
  'verifies the Visual Editor, and keeps its session': async (context) => {
    const site = createSite(context)
    const timestamp = Math.floor(Date.now() / 1000)
    const text = new TextEncoder().encode(`100001:${context.tokens.preview}:${timestamp}`)
    const signature = toHex(await crypto.subtle.digest('SHA-1', text))
    const query = `_storyblok_tk[space_id]=100001&_storyblok_tk[timestamp]=${timestamp}&_storyblok_tk[token]=${signature}`
    const first = await receive(site, new Request(`https://site.example/membership?${query}`), { local: false })
    const cookie = first.redirect?.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const next = await receive(site, new Request('https://site.example/', { headers: { cookie } }), { local: false })
    const draft = await next.storyblok.story(pages, 'membership')
    const forged = await receive(site, new Request(`https://site.example/?${query}0`), { local: false })
    return {
      location: first.redirect?.headers.get('location'),
      draft: draft?.slug,
      cacheControl: next.finish(new Response('page')).headers.get('cache-control'),
      forged: forged.storyblok.version,
    }
  },
  'reads a webhook': async () => {
    const body = '{"text":"","action":"published","space_id":100001,"story_id":1}'
    const secret = new Secret('fake-secret', 'webhook')
    const algorithm = { name: 'HMAC', hash: 'SHA-1' }
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode('fake-secret'), algorithm, false, [
      'sign',
    ])
    const signature = toHex(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body)))
    const request = (headers: Record<string, string>): Request =>
      new Request('https://site.example/hook', { method: 'POST', body, headers })
    const event = await readWebhook(request({ 'webhook-signature': signature }), { secret })
    const refused = await readWebhook(request({}), { secret }).catch((error: { code: string }) => error.code)
    return { topic: event.topic, refused }
  },
  'gives up in time, and says so': async (context) => {
    const storyblok = createSite(context, { fetch: neverAnswers, attempts: 2, timeout: 20, deadline: 100 }).visit({
      local: false,
    })
    return storyblok.story(pages, 'about').catch((error: { code: string }) => error.code)
  },
}

/** What every case has to find out. */
export const contractAnswers: Readonly<Record<keyof typeof contractCases, unknown>> = {
  'reads a story with its relations': { href: '/articles/small-gear', author: '/authors/jonas-lindqvist' },
  'reads a whole list': 22,
  'shares equal reads and keeps them': { requests: 2, same: true },
  'gives null for what is missing or is no slug': [null, null, null, null],
  'verifies the Visual Editor, and keeps its session': {
    location: '/membership',
    draft: 'membership',
    cacheControl: 'private, no-store',
    forged: 'published',
  },
  'reads a webhook': { topic: 'story.published', refused: 'KB_WEBHOOK_REFUSED' },
  'gives up in time, and says so': 'KB_TIMEOUT',
}
