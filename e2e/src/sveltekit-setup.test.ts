import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build, startDev } from '../../scripts/lib/playground.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'

const page = 'src/routes/[...slug]/+page.server.js'

describe('an app that lacks something is told what', () => {
  it('where it has no hooks', async () => {
    const site = await createKitSite({ 'src/hooks.server.js': '' })
    const { url, output } = await startKitSite(site, 'dev')
    const response = await fetch(`${url}/about`)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('event.locals.storyblok is not there.')
    expect(output()).toContain('Export `handle = storyblokHandle()` from src/hooks.server.ts')
  })

  it.each([
    ['has no src/env.ts', undefined, 'There is no src/env.ts'],
    ['declares nothing there', 'export const variables = {}', 'src/env.ts declares no variable of Storyblok'],
  ])('where it %s', async (_name, env, message) => {
    const site = await createKitSite(env === undefined ? {} : { 'src/env.js': env })
    if (env === undefined) rmSync(join(site.folder, 'src/env.js'))
    const { output } = await build('sveltekit', site.environment, site.folder)
    expect(output).toContain(`[keyblok] ${message}`)
  })

  it('where the plugins are in the wrong order, in dev too', async () => {
    const site = await createKitSite({
      'vite.config.js': `import { keyblok } from '@keyblok/sveltekit'
import { sveltekit } from '@sveltejs/kit/vite'
export default { plugins: [keyblok(), sveltekit()] }`,
    })
    const started = startDev('sveltekit', site.environment, { folder: site.folder })
    await expect(started).rejects.toThrow('KB_PLUGIN_ORDER')
  })

  it('where it has no map of components, until it has one', async () => {
    const site = await createKitSite()
    const map = join(site.folder, 'src/lib/storyblok/bloks.js')
    rmSync(map)
    const { url, output } = await startKitSite(site, 'dev')
    expect(await (await fetch(`${url}/about`)).text()).toContain('No component is mapped to the blok “page”')
    expect(output()).toContain('There is no src/lib/storyblok/bloks.ts')
    writeFileSync(map, "import Page from '../components/Page.svelte'\nexport default { page: Page }")
    await expect.poll(async () => (await fetch(`${url}/about`)).text()).not.toContain('the blok “page”')
  })
})

describe('languages', () => {
  const files = {
    'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
export const handle = storyblokHandle({ language: ({ params }) => params.lang })`,
    'src/lib/storyblok/stories.js': `import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
export const space = defineSpace({ languages: ['en', 'de'], resolveRelations: ['article.author'] })
export const stories = defineStories(space)`,
    'src/routes/[[lang]]/articles/[slug]/+page.server.js': `import { storyLoad } from '@keyblok/sveltekit/server'
import { defineStories } from '@keyblok/sveltekit/stories'
import { space } from '../../../../lib/storyblok/stories.js'
export const load = storyLoad(defineStories(space, { startsWith: 'articles/' }), ({ params }) => params.slug)`,
    'src/routes/[[lang]]/articles/[slug]/+page.svelte':
      '<script>let { data } = $props()</script><h1>{data.story.name}</h1>',
    'src/params.js': `import { defineParams } from '@sveltejs/kit/params'
export const params = defineParams({ language: (param) => (param === 'de' ? param : undefined) })`,
    'src/routes/pages/[[lang=language]]/[...slug]/+page.server.js': `import { storyLoad } from '@keyblok/sveltekit/server'
import { stories } from '../../../../lib/storyblok/stories.js'
export const load = storyLoad(stories, ({ params }) => params.slug)`,
    'src/routes/pages/[[lang=language]]/[...slug]/+page.svelte': '<h1>shown</h1>',
  }

  it('are those of the space, and stand in a path once', async () => {
    const site = await createKitSite(files)
    rmSync(join(site.folder, 'src/routes/[...slug]'), { recursive: true })
    await buildKitSite(site)
    const { url } = await startKitSite(site, 'production', { path: '/articles/red-towers' })
    const answerOf = async (path: string) => {
      const { status, headers } = await fetch(url + path, { redirect: 'manual' })
      return [status, headers.get('location')].filter((value) => value !== null)
    }
    expect(await answerOf('/articles/red-towers')).toEqual([200])
    expect(await answerOf('/de/articles/rote-tuerme')).toEqual([200])
    expect(await answerOf('/de/articles/red-towers')).toEqual([307, '/de/articles/rote-tuerme'])
    expect(await answerOf('/nonsense/articles/red-towers')).toEqual([404])
    expect(await answerOf('/fr/articles/red-towers')).toEqual([404])
    expect(await answerOf('/pages/de/de')).toEqual([307, '/pages/de'])
    expect(await answerOf('/pages/de/de/ueber-uns')).toEqual([307, '/pages/de/ueber-uns'])
    expect(await answerOf('/pages/de/about')).toEqual([307, '/pages/de/ueber-uns'])
    expect(await answerOf('/pages/home')).toEqual([307, '/pages'])
  })
})

describe('what a build writes of remote functions', () => {
  it('is all there, whatever else it prerenders, and however slow the API is', async () => {
    const functions = `import { prerenderStory } from '@keyblok/sveltekit/queries'
import { defineStories } from '@keyblok/sveltekit/stories'
import { space } from './storyblok/stories.js'
export const getAuthor = prerenderStory(defineStories(space, { startsWith: 'authors/' }))
export const getGuide = prerenderStory(defineStories(space, { startsWith: 'guides/' }))`
    const site = await createKitSite(
      {
        'src/lib/stories.remote.js': functions,
        'src/routes/still/+page.js': 'export const prerender = true',
        'src/routes/still/+page.svelte': `<script>import { getAuthor } from '../../lib/stories.remote.js'</script>
<h1>{(await getAuthor('mira-okafor')).name}</h1>`,
        [page]: `import { storyLoad } from '@keyblok/sveltekit/server'
import { stories } from '../../lib/storyblok/stories.js'
export const load = storyLoad(stories, ({ params }) => params.slug)`,
      },
      { kit: 'experimental: { remoteFunctions: true }, compilerOptions: { experimental: { async: true } },' },
    )
    onTestFinished(() => site.api.slowDown(0))
    site.api.slowDown(300)
    await buildKitSite(site)
    const { url } = await startKitSite(site, 'production')
    expect(await (await fetch(`${url}/still`)).text()).toContain('Mira Okafor')
  })
})
