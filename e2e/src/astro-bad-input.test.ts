import { rmSync } from 'node:fs'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, startProduction } from '../../scripts/lib/playground.ts'
import type { RunningSite, SiteEnvironment } from '../../scripts/lib/playground.ts'
import { describeBadStories } from './specs/bad-stories.ts'
import { badStories } from './support/bad-stories.ts'
import { copySite } from './support/copy-site.ts'
import { startFaultyApi } from './support/faulty-api.ts'
import type { FaultyApi } from './support/faulty-api.ts'
import { astroFixture } from './support/fixture.ts'
import { tokens } from './support/tokens.ts'

const page = (prerender: boolean): string => `---
import { Blok } from '@keyblok/astro/components'
import { storyPaths } from '@keyblok/astro/server'
import { pages } from '${prerender ? '../../' : '../'}storyblok/stories'
export const prerender = ${prerender}
${prerender ? 'export const getStaticPaths = storyPaths(pages)' : ''}
const story = await Astro.locals.storyblok.story(pages, Astro.params.slug)
if (!story) return new Response('none', { status: 404 })
---
<main><Blok blok={story.content} /></main>`

const files: Readonly<Record<string, string>> = {
  'astro.config.mjs': `
import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'
export default defineConfig({
  adapter: node({ mode: 'standalone' }),
  i18n: { locales: ['en', 'de'], defaultLocale: 'en' },
  integrations: [keyblok()],
})`,
  'src/storyblok/stories.ts': `
import { defineSpace, defineStories } from '@keyblok/astro/stories'
const space = defineSpace({ languages: ['en', 'de'], resolveRelations: ['page.next'] })
export const pages = defineStories(space)`,
  'src/storyblok/bloks.ts': `
import { defineBloks } from '@keyblok/astro/stories'
import Box from '../components/Box.astro'
import Page from '../components/Page.astro'
export default defineBloks({ page: Page, box: Box })`,
  'src/components/Box.astro': `---
import { Bloks } from '@keyblok/astro/components'
---
<div class="box">{Astro.props.blok.text}<Bloks bloks={Astro.props.blok.body} /></div>`,
  'src/components/Page.astro': `---
import { Bloks } from '@keyblok/astro/components'
const { blok } = Astro.props
---
<h1>{blok.title}</h1>
{blok.next?.content && <p>next {blok.next.content.title} then {blok.next.content.next?.content.title ?? 'nothing'}</p>}
{blok.image?.filename && <img src={blok.image.filename} alt={blok.image.alt} />}
<Bloks bloks={blok.body} />`,
  'src/pages/[...slug].astro': page(false),
}

let space: LocalSpace
let api: FaultyApi
let site: RunningSite
let environment: SiteEnvironment
let folder: string
let stop: () => Promise<void>

beforeAll(async () => {
  space = createLocalSpace({ tokens })
  space.addStories(badStories)
  const listener = await space.listen()
  api = await startFaultyApi(listener.url)
  environment = {
    STORYBLOK_API_URL: api.url,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: tokens.preview,
  }
  folder = copySite(astroFixture, files)
  rmSync(`${folder}/src/pages/index.astro`)
  const built = await build('astro', environment, folder)
  if (built.exitCode !== 0) throw new Error(built.output)
  site = await startProduction('astro', environment, { folder })
  stop = async () => {
    await site.stop()
    await api.close()
    await listener.close()
    space.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

afterAll(() => stop())

describeBadStories({
  get url() {
    return site.url
  },
  get api() {
    return api
  },
})

describe('a build', () => {
  it('that cannot read a page fails and says which', async () => {
    const own = copySite(astroFixture, { ...files, 'src/pages/static/[...slug].astro': page(true) })
    try {
      api.fail('error')
      const { exitCode, output } = await build('astro', environment, own)
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_UPSTREAM_FAILED')
      expect(output).toContain('Needed for: the paths of /static/[...slug].')
    } finally {
      api.fail('none')
      rmSync(own, { recursive: true, force: true })
    }
  })
})
