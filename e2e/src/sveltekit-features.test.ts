import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../../scripts/lib/playground.ts'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import { buildKitSite, createKitSite, prerendered, startKitSite } from './support/kit-site.ts'
import type { Files, KitSite } from './support/kit-site.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokensIn } from './support/tokens.ts'
import { openVisitor } from './support/visitor.ts'

const topo = 'f/100001/1600x1000/ada86ed032/kestrel-bay-topo.svg'

const blokData: Files = {
  'src/lib/storyblok/blok-data.server.js': `import { defineBlokData } from '@keyblok/sveltekit/stories'
import { stories } from './stories.js'

export default defineBlokData({
  hero: async ({ storyblok, url }) => {
    const { stories: list } = await storyblok.stories({ ...stories, contentType: 'article' }, { perPage: 2 })
    return { names: list.map(({ name }) => name), path: url.pathname, later: storyblok.tags(stories.space) }
  },
  author: () => { throw new Error('The author’s own failure.') },
})`,
  'src/lib/components/Hero.svelte': `<script>
  let { blok, data } = $props()
  let clicks = $state(0)
</script>

<h1>{blok.headline}</h1>
<button onclick={() => clicks++}>clicked {clicks}</button>
<ul>{#each data.names as name (name)}<li>{name}</li>{/each}</ul>
<p class="path">{data.path}</p>
{#await data.later}<p class="tags">waiting</p>{:then tags}<p class="tags">{tags.length} tags</p>{/await}`,
}

const routes: Files = {
  'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
export const handle = storyblokHandle()`,
  'src/routes/latest/+page.server.js': `import { storiesLoad } from '@keyblok/sveltekit/server'
import { stories } from '../../lib/storyblok/stories.js'
export const load = storiesLoad({ ...stories, contentType: 'article' }, {
  perPage: 5,
  select: ({ href, content }) => ({ href, title: content.title, body: content.body }),
})`,
  'src/routes/latest/+page.svelte': `<script>
  import { RichText } from '@keyblok/sveltekit/components'
  let { data } = $props()
</script>
{#each data.stories as { href, title, body } (href)}<a {href}>{title}</a><div><RichText doc={body} /></div>{/each}
<p class="pages">{data.page} of {data.pages}</p>`,
  'src/routes/cached/+page.server.js': `import { storyLoad } from '@keyblok/sveltekit/server'
import { stories } from '../../lib/storyblok/stories.js'
const loadStory = storyLoad(stories, () => 'about')
export const load = async (event) => {
  event.setHeaders({ 'cache-control': 'max-age=60' })
  return { ...(await loadStory(event)), rest: event.locals.storyblok.links(stories.space).then((links) => links.length) }
}`,
  'src/routes/cached/+page.svelte': `<script>
  let { data } = $props()
</script>
<h1>{data.story.name}</h1>
{#await data.rest}<p>waiting</p>{:then rest}<p class="rest">{rest > 10 ? 'all' : 'few'}</p>{/await}`,
  'src/routes/moved/[slug]/+page.server.js': `import { storyLoad } from '@keyblok/sveltekit/server'
import { stories } from '../../../lib/storyblok/stories.js'
export const load = storyLoad(stories, ({ params }) => params.slug, {
  moved: ({ params }) => (params.slug === 'was-here' ? '/about' : undefined),
})`,
  'src/routes/moved/[slug]/+page.svelte': '<h1>shown</h1>',
  'src/routes/members/+page.svelte': `<script>
  import { StoryblokImage } from '@keyblok/sveltekit/components'
</script>
<StoryblokImage asset={{ id: 1, filename: 'https://a.storyblok.com/${topo}', alt: 'Topo', is_private: true }} width={800} />`,
  'src/routes/assets/[...file]/+server.js': `import { privateAssets } from '@keyblok/sveltekit/server'
export const GET = privateAssets({ authorize: ({ cookies }) => cookies.get('member') === 'yes' })
export const HEAD = GET`,
}

let browser: Browser
let site: KitSite
let running: RunningSite
const ends: (() => void | Promise<void>)[] = []
const atEnd = (clean: () => void | Promise<void>): void => void ends.unshift(clean)

beforeAll(async () => {
  browser = await launchBrowser()
  atEnd(() => browser.close())
  const csp = "csp: { directives: { 'script-src': ['self'], 'frame-ancestors': ['none'] } },"
  site = await createKitSite({ ...blokData, ...routes }, { kit: csp, keyblok: "{ privateAssets: '/assets' }", atEnd })
  await buildKitSite(site)
  const asset = { STORYBLOK_ASSET_TOKEN: site.space.tokens.asset }
  running = await startKitSite(site, 'production', { atEnd, environment: asset })
})
afterAll(async () => {
  for (const end of ends) await end()
})

const ask = (path: string, init: RequestInit = {}) => fetch(running.url + path, { redirect: 'manual', ...init })

const open = (path: string) => openVisitor(running.url + path, browser)

describe('a page', () => {
  it('is taken over by the browser without a request, a warning, or what a content policy refuses', async () => {
    for (const path of ['/', '/about', '/articles/the-quiet-season', '/latest', '/members']) {
      const { complaints, asked } = await open(path)
      expect(
        complaints.filter((text) => !/403|No component/.test(text)),
        path,
      ).toEqual([])
      expect(
        asked.filter((url) => /__data|\/v2\/|api/.test(url)),
        path,
      ).toEqual([])
    }
  })

  it('loads the components that it shows, of those that are imported late', async () => {
    const quote = /<blockquote>/
    const scripts = async (path: string) => {
      const { asked } = await open(path)
      const texts = asked.filter((url) => url.endsWith('.js')).map(async (url) => (await fetch(url)).text())
      return (await Promise.all(texts)).join('\n')
    }
    expect(await scripts('/about')).not.toMatch(quote)
    expect(await scripts('/articles/the-quiet-season')).toMatch(quote)
  })

  it('shows what changed after invalidate(), and keeps the state of its bloks', async () => {
    const { page } = await open('/')
    const counter = page.getByRole('button', { name: 'clicked' })
    await counter.click()
    await publishHeadline('New words')
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Again' }).click()
        return page.locator('h1').innerText()
      })
      .toBe('New words')
    expect(await counter.innerText()).toBe('clicked 1')
  })

  it('is taken over as it was sent, though its story changed meanwhile', async () => {
    const { page, complaints } = await open('/about')
    const before = await (await ask('/')).text()
    const headline = /<h1>(.*)<\/h1>/.exec(before)?.[1]
    let changed: Promise<void> | undefined
    await page.route('**/*.js', async (route) => {
      await (changed ??= publishHeadline('Words of meanwhile'))
      await route.continue()
    })
    await page.goto(`${running.url}/?unseen`, { waitUntil: 'networkidle' })
    expect(await page.locator('h1').innerText()).toBe(headline)
    expect(complaints).toEqual([])
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Again' }).click()
        return page.locator('h1').innerText()
      })
      .toBe('Words of meanwhile')
  })

  it('redirects from the home page’s name, keeps queries, and follows moved pages', async () => {
    const locationOf = async (path: string) => {
      const { status, headers } = await ask(path)
      return [status, headers.get('location')]
    }
    expect(await locationOf('/home?a=1')).toEqual([307, '/?a=1'])
    expect(await locationOf('/moved/was-here')).toEqual([307, '/about'])
    expect(await locationOf('/moved/never-was')).toEqual([404, null])
    // The home page has no place below a parameter that has to be there.
    expect(await locationOf('/moved/home')).toEqual([200, null])
  })

  it('shows a visitor who goes offline what is there, and goes on afterwards', async () => {
    const { page } = await open('/about')
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Article' }).click()
    await expect.poll(() => page.locator('h1').first().innerText()).not.toBe('')
    await page.context().setOffline(false)
    await page.goto(`${running.url}/about`)
    await page.getByRole('link', { name: 'Article' }).click()
    await page.getByRole('heading', { level: 1, name: 'The quiet season' }).waitFor()
  })
})

describe('a list', () => {
  it('sends what was selected, ready to show', async () => {
    const html = await (await ask('/latest')).text()
    expect(html).toContain('1 of ')
    expect(html.match(/uuid/g)).toBeNull()
    const { page } = await open('/latest')
    expect(await page.locator('div a').first().isVisible()).toBe(true)
  })

  it('has its pages, and no others', async () => {
    expect(await (await ask('/latest?page=2')).text()).toContain('2 of ')
    for (const page of ['0', '-1', '99999', 'x', '1e3', '1;2']) {
      expect((await ask(`/latest?page=${page}`)).status, page).toBe(404)
    }
  })
})

describe('the data of bloks', () => {
  it('comes with the page, and what is slow comes later', async () => {
    const { page, complaints } = await open('/')
    expect(await page.locator('li').count()).toBe(2)
    expect(await page.locator('.path').innerText()).toBe('/')
    await expect.poll(() => page.locator('.tags').innerText()).toMatch(/^\d+ tags$/)
    expect(complaints.filter((text) => !text.includes('No component'))).toEqual([])
  })

  it('that fails is its blok’s error: visitors see nothing there, editors a note, and the log has it', async () => {
    const visitor = await ask('/authors/mira-okafor')
    expect(visitor.status).toBe(200)
    expect(await visitor.text()).not.toContain('could not be read')
    expect(running.output()).toContain('KB_BLOK_DATA_FAILED')
    expect(running.output()).toContain('The author’s own failure.')
    const cookie = await editorCookie()
    const editor = await ask('/authors/mira-okafor', { headers: { cookie } })
    expect(await editor.text()).toContain('The data of the blok “author”')
  })

  it('that fails in a build fails the build', async () => {
    const own = await createKitSite({ ...blokData, ...prerendered })
    const { exitCode, output } = await build('sveltekit', own.environment, own.folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('The author’s own failure.')
  })
})

describe('headers', () => {
  it('of a page that sets its own are the page’s, but for drafts', async () => {
    const visitor = await ask('/cached')
    expect(visitor.headers.get('cache-control')).toBe('max-age=60')
    expect(visitor.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const editor = await ask('/cached', { headers: { cookie: await editorCookie() } })
    expect(editor.headers.get('cache-control')).toBe('private, no-store')
    const policy = editor.headers.get('content-security-policy')
    expect(policy).toContain("frame-ancestors 'self' http://localhost:*")
    expect(policy).not.toContain("'none'")
    expect(policy).toContain("script-src 'self'")
  })
})

describe('private assets', () => {
  it('open for those who may have them, from the pages that show them', async () => {
    const html = await (await ask('/members')).text()
    expect(html).toContain(`src="/assets/${topo}"`)
    const member = { headers: { cookie: 'member=yes' } }
    const opened = await ask(`/assets/${topo}`, member)
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([302, expect.stringContaining('no-store')])
    expect((await fetch(opened.headers.get('location') ?? '')).status).toBe(200)
    expect(tokensIn([...opened.headers].join() + running.output())).toEqual([])

    const statusOf = async (path: string, init?: RequestInit) => (await ask(path, init)).status
    expect(await statusOf(`/assets/${topo}`)).toBe(403)
    expect(await statusOf(`/assets/${topo.replace('kestrel', 'other')}`)).toBe(403)
    expect(await statusOf(`/assets/${topo.replace('kestrel', 'other')}`, member)).toBe(404)
    expect(await statusOf(`/assets/${topo}`, { ...member, method: 'HEAD' })).toBe(302)
    const sent = [topo.replace('100001', '100002'), topo.replaceAll('/', '%2f'), `x/${topo}`, `${topo}%00`]
    for (const path of sent) expect(await statusOf(`/assets/${path}`, member), path).toBeOneOf([400, 404])
  })

  it('fail the build of an endpoint that is prerendered', async () => {
    const route = 'src/routes/assets/[...file]/+server.js'
    const own = await createKitSite({
      [route]: `import { privateAssets } from '@keyblok/sveltekit/server'
export const prerender = true
export const entries = () => [{ file: '${topo}' }]
export const GET = privateAssets({ authorize: () => true })`,
    })
    const { exitCode, output } = await build('sveltekit', own.environment, own.folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('Private assets need an on-demand route')
  })
})

describe('an app below a base', () => {
  it('links, redirects and answers there', async () => {
    const own = await createKitSite({}, { kit: "paths: { base: '/docs' }," })
    await buildKitSite(own)
    const { url } = await startKitSite(own, 'production')
    const html = await (await fetch(`${url}/docs/articles/the-quiet-season`)).text()
    expect(html).toContain('href="/docs/authors/mira-okafor"')
    expect(html).toContain('href="/docs/articles/fingers-remember"')
    const home = await fetch(`${url}/docs/home`, { redirect: 'manual' })
    expect(home.headers.get('location')).toBe('/docs')
  })
})

describe('the plugin', () => {
  it('refuses options that would do nothing, all at once', async () => {
    const own = await createKitSite({}, { keyblok: "{ blok: 'x', drafts: 'all', richText: { ids: true } }" })
    const { exitCode, output } = await build('sveltekit', own.environment, own.folder)
    expect(exitCode).not.toBe(0)
    for (const text of ['blok is no option', 'drafts has to be', 'richText.ids is no option']) {
      expect(output).toContain(text)
    }
  })
})

/** Changes and publishes the headline of the home page. */
async function publishHeadline(headline: string): Promise<void> {
  const query = new URLSearchParams({ version: 'draft', token: site.space.tokens.preview })
  const answer = await site.space.fetch(new Request(`http://space.test/v2/cdn/stories/home?${query}`))
  const { story } = (await answer.json()) as { story: { content: { body: { component: string }[] } } }
  const isHero = ({ component }: { component: string }): boolean => component === 'hero'
  // It goes to the end, so that it moves too.
  const heroes = story.content.body.filter(isHero).map((hero) => ({ ...hero, headline }))
  const body = [...story.content.body.filter((blok) => !isHero(blok)), ...heroes]
  site.space.saveDraft('home', { ...story.content, body } as never)
  site.space.publish('home')
}

async function editorCookie(): Promise<string> {
  const opened = await ask(signedUrl('/about', site.space))
  return opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
