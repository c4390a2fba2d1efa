import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalSpace } from '@keyblok/space'
import { expect, onTestFinished } from 'vitest'
import { environmentOf } from '../../../scripts/lib/demo-space.ts'
import { build, startDev, startPreview, startProduction } from '../../../scripts/lib/playground.ts'
import type { RunningSite, SiteEnvironment } from '../../../scripts/lib/playground.ts'
import { copySite } from './copy-site.ts'
import { serveDemoSpace } from './space.ts'
import type { AtEnd } from './space.ts'

/** Files of a site, by their path. */
export type Files = Readonly<Record<string, string>>

/** An adapter with its options, as code; without one a site is static. */
export type AdapterCall = `${'node' | 'cloudflare' | 'netlify' | 'vercel'}(${string})`

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

/** A copy of the small site that shows all stories of the demo space, which is served while the test runs. */
export interface Magazine {
  folder: string
  space: LocalSpace
  environment: SiteEnvironment
}

/**
 * Makes a copy of the magazine, which goes when the test ends.
 *
 * @param files - Its configuration and pages; see {@link configuration} and {@link storyPage}.
 */
export async function createMagazine(files: Files, atEnd: AtEnd = onTestFinished): Promise<Magazine> {
  const { space, listener } = await serveDemoSpace(atEnd)
  const folder = copySite(join(fixtures, 'magazine'), files)
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, space, environment: environmentOf(space, listener.url) }
}

/** Builds a magazine, and gives what the build printed. */
export async function buildMagazine({ folder, environment }: Magazine): Promise<string> {
  const { exitCode, output } = await build('astro', environment, folder)
  expect(exitCode, output).toBe(0)
  return output
}

const starts = { dev: startDev, preview: startPreview, production: startProduction }

/** Serves a magazine until the test ends. */
export async function startMagazine(
  { folder, environment }: Magazine,
  how: keyof typeof starts,
  atEnd: AtEnd = onTestFinished,
): Promise<RunningSite> {
  const site = await starts[how]('astro', environment, { folder })
  atEnd(() => site.stop())
  return site
}

/**
 * Writes a configuration.
 *
 * @param options - Astro's own, as code.
 */
export function configuration(options = '', adapter?: AdapterCall): Files {
  const name = adapter?.split('(')[0]
  return {
    'astro.config.mjs': `${name ? `import ${name} from '@astrojs/${name}'\n` : ''}import keyblok from '@keyblok/astro'

export default {
  ${adapter ? `adapter: ${adapter},` : ''}
  integrations: [keyblok()],
  ${options}
}
`,
  }
}

/**
 * Writes the page that shows all stories.
 *
 * @param folder - Where it lies below `src/pages`.
 * @param language - Whose slugs it has.
 */
export function storyPage(folder = '', language = 'en'): Files {
  const up = folder === '' ? '..' : '../..'
  return {
    [`src/pages/${folder}/[...slug].astro`]: `---
import { storyPaths } from '@keyblok/astro/server'
import Story from '${up}/components/Story.astro'
import { stories } from '${up}/storyblok/stories'

export const getStaticPaths = storyPaths(stories, { language: '${language}' })

const story = await Astro.locals.storyblok.story(stories, Astro.params.slug)
if (!story) return new Response(null, { status: 404 })
---

<Story story={story} />
`,
  }
}

/** Makes pages be rendered on demand. */
export function onDemand(pages: Files): Files {
  return Object.fromEntries(
    Object.entries(pages).map(([path, code]) => [
      path,
      code.replace('export const', 'export const prerender = false\nexport const'),
    ]),
  )
}

/** Reads the files of another fixture, to lay over the magazine's. */
export function filesOf(fixture: string): Files {
  const root = join(fixtures, fixture)
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map((path) => [relative(root, path), readFileSync(path, 'utf8')]))
}

/** Writes the stories of a space with two languages. */
export const twoLanguages: Files = {
  'src/storyblok/stories.ts': `import { defineSpace, defineStories } from '@keyblok/astro/stories'

export const space = defineSpace({ languages: ['en', 'de'], resolveLinks: 'story' })
export const stories = defineStories(space)
`,
}

/** What a visitor finds who follows every link. */
export interface Visited {
  /** The HTML of each page, by its path. */
  pages: Map<string, string>
  /** The paths that lead nowhere, with their status. */
  broken: string[]
}

/** Follows every link of a site. */
export async function visitAll(site: RunningSite, starts: readonly string[]): Promise<Visited> {
  const paths = new Set(starts)
  const visited: Visited = { pages: new Map(), broken: [] }
  // A set goes on with what is added to it meanwhile.
  for (const path of paths) {
    const response = await fetch(site.url + path, { redirect: 'manual' })
    const html = await response.text()
    if (response.status === 200) visited.pages.set(path, html)
    else visited.broken.push(`${path} ${response.status}`)
    for (const [, href = ''] of html.matchAll(/<(?:a|link rel="(?:canonical|alternate)")[^>]* href="(\/[^"]*)"/g)) {
      paths.add(href)
    }
  }
  return visited
}

/** Gives what a page calls itself. */
export function canonicalOf(html: string): string | undefined {
  return /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]
}
