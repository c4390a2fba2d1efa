import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { findFreePort } from '../../scripts/lib/processes.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'
import type { KitSite, KitSiteOptions } from './support/kit-site.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokensIn } from './support/tokens.ts'
import { openVisitor } from './support/visitor.ts'

const slugs = ['the-quiet-season', 'reading-granite', 'small-gear', 'notes-on-falling', 'fingers-remember']

const files = {
  'src/lib/articles.remote.js': `import { prerenderStory, storiesQuery, storyQuery } from '@keyblok/sveltekit/queries'
import { defineStories } from '@keyblok/sveltekit/stories'
import { space, stories } from './storyblok/stories.js'
const articles = defineStories(space, { contentType: 'article', startsWith: 'articles/' })
export const getPage = storyQuery(stories)
export const getArticle = storyQuery(articles)
export const getArticles = storiesQuery(articles)
export const getAuthor = prerenderStory(defineStories(space, { startsWith: 'authors/' }))`,
  'src/routes/queries/+page.svelte': `<script>
  import { Blok } from '@keyblok/sveltekit/components'
  import { getArticle, getArticles, getAuthor, getPage } from '../../lib/articles.remote.js'

  let slugs = $state([])
  let uuids = $state([])
  let membership = $state(false)

  const list = $derived(await getArticles({ perPage: 5 }))
</script>

<button onclick={() => (slugs = ${JSON.stringify(slugs)})}>Articles</button>
<button onclick={() => (uuids = list.stories.map(({ uuid }) => uuid))}>By UUID</button>
<button onclick={() => (membership = true)}>Membership</button>
<p class="author">{(await getAuthor('mira-okafor')).content.name}</p>
<p class="total">{list.total}</p>
{#each slugs as slug (slug)}<p class="found">{(await getArticle(slug)).name}</p>{/each}
{#each uuids as uuid (uuid)}<p class="found">{(await getArticle({ uuid })).name}</p>{/each}
{#if membership}<section>{(await getPage('membership'))?.name ?? 'nothing'}</section>{/if}
<article><Blok blok={(await getArticle('the-quiet-season')).content} /></article>`,
}

/** What a request comes from is told by the site's own address, which a server without TLS has to be given. */
const optionsAt = (port: number): KitSiteOptions => ({
  kit: `experimental: { remoteFunctions: true }, compilerOptions: { experimental: { async: true } },
    paths: { origin: 'http://127.0.0.1:${port}' },`,
})

let site: KitSite
let running: RunningSite
const ends: (() => void | Promise<void>)[] = []
const atEnd = (clean: () => void | Promise<void>): void => void ends.unshift(clean)

beforeAll(async () => {
  const port = await findFreePort()
  site = await createKitSite(files, { ...optionsAt(port), atEnd })
  await buildKitSite(site)
  running = await startKitSite(site, 'production', { atEnd, port })
})
afterAll(async () => {
  for (const end of ends) await end()
})

/** Opens a page, and gives the requests of remote functions that it makes from now on. */
async function open(path: string) {
  const { page, complaints, asked } = await openVisitor(running.url + path)
  const remote = () => asked.filter((url) => url.includes('/_app/remote/'))
  return { page, complaints, remote, forget: () => void asked.splice(0) }
}

describe('remote queries', () => {
  it('give what is published, ready to show, with the page', async () => {
    const { page, remote, complaints } = await open('/queries')
    expect(await page.locator('.author').innerText()).toBe('Mira Okafor')
    expect(Number(await page.locator('.total').innerText())).toBeGreaterThan(10)
    expect(await page.locator('article h1').innerText()).toBe('The quiet season')
    expect(await page.locator('article .prose a').innerText()).toBe('Fingers remember')
    // All came with the page; what is prerendered is a file.
    expect(remote().filter((url) => !url.includes('getAuthor'))).toEqual([])
    expect(complaints).toEqual([])
  })

  it('cost one request, however many stories a page asks for at once', async () => {
    const { page, remote, forget } = await open('/queries')
    forget()
    await page.getByRole('button', { name: 'Articles' }).click()
    await expect.poll(() => page.locator('.found').count()).toBe(slugs.length)
    expect(remote()).toHaveLength(1)
  })

  it('cost Storyblok one request too, by UUID', async () => {
    const { page, remote, forget } = await open('/queries')
    forget()
    const before = site.api.asked.length
    await page.getByRole('button', { name: 'By UUID' }).click()
    await expect.poll(() => page.locator('.found').count()).toBe(5)
    expect(remote()).toHaveLength(1)
    expect(site.api.asked.slice(before).filter((url) => url.includes('by_uuids='))).toHaveLength(1)
  })

  it('give drafts by the editor’s cookie, and to nobody else', async () => {
    const visitor = await open('/queries')
    await visitor.page.getByRole('button', { name: 'Membership' }).click()
    await expect.poll(() => visitor.page.locator('section').innerText()).toBe('nothing')

    const editor = await open(new URL(signedUrl(`${running.url}/about`, site.space)).href.slice(running.url.length))
    await editor.page.goto(`${running.url}/queries`, { waitUntil: 'networkidle' })
    await editor.page.getByRole('button', { name: 'Membership' }).click()
    await expect.poll(() => editor.page.locator('section').innerText()).toBe('Membership')
    await expect.poll(() => editor.remote().length).toBeGreaterThan(0)
  })

  it('are no way to ask for a draft, or for anything that is not the source’s', async () => {
    const { page, remote } = await open('/queries')
    await page.getByRole('button', { name: 'Membership' }).click()
    await expect.poll(() => remote().length).toBe(1)
    const endpoint = remote()[0]!.split('?')[0]!
    const arguments_ = [
      '{"slug":"membership","version":"draft"}',
      '{"slug":5}',
      '"../membership"',
      '"membership?version=draft"',
    ]
    for (const argument of arguments_) {
      const payload = Buffer.from(devalue(JSON.parse(argument))).toString('base64url')
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { origin: running.url, 'content-type': 'application/json' },
        body: JSON.stringify({ payloads: [payload] }),
      })
      const text = await answer.text()
      expect(text, argument).not.toContain('Membership')
      expect(tokensIn(text), argument).toEqual([])
    }
  })
})

/** Writes a value as SvelteKit sends it. */
function devalue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify([value])
  const entries = Object.entries(value)
  return JSON.stringify([
    Object.fromEntries(entries.map(([name], index) => [name, index + 1])),
    ...entries.map(([, inner]) => inner),
  ])
}
