import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { defineSpace, renderRichText } from '@keyblok/core'
import type { Asset, Blok, RichText, Story } from '@keyblok/core'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { middleOf, remark, summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { slugOf } from './generate-stories.ts'
import { createMeasure, sidesOf, view, withServers } from './posts-bench.ts'
import type { Bench } from './posts-bench.ts'
import { buildFigures, documentedBuild, limitedBuild } from './posts-builds.ts'
import { draftFigures, serverFigures } from './posts-servers.ts'
import type { Servers } from './posts-servers.ts'
import type { PostsSite, PostsSites } from './posts-sites.ts'
import type { BenchOptions } from './run.ts'
import { tokens } from './tokens.ts'
import { Visitors } from './visitors.ts'

/**
 * SvelteKit's figures: prerendered pages, servers, and what visitors get. The sides of a ratio take turns, so that a busy
 * machine is busy for all of them.
 */
export default async function sveltekit({ quick }: BenchOptions): Promise<Figure[]> {
  const measure = createMeasure({ framework: 'sveltekit', quick, space: ['--articles'], limitOf })
  return [
    ...(await measure(1000, buildFigures, '--remember')),
    ...(await measure(1000, documentedBuild, '--remember')),
    ...(quick ? [] : await measure(5000, buildFigures, '--remember')),
    ...(quick ? [] : await measure(5000, limitedBuild, '--rate-limit')),
    ...(await measure(1000, (bench) => serverFigures(bench, visitorFigures))),
    ...(await measure(1000, draftFigures)),
  ]
}

interface Post extends Blok<'post'> {
  title: string
  topic: string
  image: Asset
  text: RichText
  body: readonly { text: string }[]
}

/** What the page of a post shows, and nothing else; its text is HTML already. */
function limitOf({ slug, name, content }: Story): unknown {
  const { title, topic, image, text, body } = content as unknown as Post
  const post = {
    name,
    title,
    topic,
    image: { src: image.filename, alt: image.alt },
    text: renderRichText(text, { space: defineSpace() }),
    body: body.map((blok) => blok.text),
  }
  return { slug, post }
}

/** What a visitor gets of a content page, and what his browser does with it. */
async function visitorFigures(bench: Bench, servers: Servers): Promise<Figure[]> {
  const visitors = await Visitors.open(bench.apiOrigin)
  try {
    return [
      ...(await pageFigures(bench, servers)),
      ...(await browserFigures(bench, servers, visitors)),
      ...(await quickstartFigures(bench, visitors)),
    ]
  } finally {
    await visitors.close()
  }
}

/** The bytes of a page, and of its scripts. */
async function pageFigures({ sites }: Bench, servers: Servers): Promise<Figure[]> {
  const [ours, theirs, limit] = await Promise.all([
    readPage(servers.ours),
    readPage(servers.theirs),
    readPage(servers.limit),
  ])
  if (/data-blok|_editable/.test(ours)) throw new Error('The page of a visitor has marks of an editor.')
  const scripts = {
    ours: scriptBytes(sites, 'keyblok', ours),
    theirs: scriptBytes(sites, 'official', theirs),
    limit: scriptBytes(sites, 'limit', limit),
  }
  const pages = { ours: Buffer.byteLength(ours), theirs: Buffer.byteLength(theirs), limit: Buffer.byteLength(limit) }
  return [
    summarize('sveltekit.visitor.js-gzip-vs-limit', 'ratio', [scripts.ours / scripts.limit], scripts),
    summarize('sveltekit.html.vs-official', 'ratio', [pages.ours / pages.theirs], pages),
    remark(summarize('sveltekit.html.vs-limit', 'ratio', [pages.ours / pages.limit], pages)),
  ]
}

async function readPage({ url }: RunningSite): Promise<string> {
  const { text } = await view(`${url}/${slugOf(1)}`)
  if (!text.includes('<h1>Post 1</h1>')) throw new Error('The page does not show its story.')
  return text
}

/** The scripts that a page names, and those that they import at once, each packed by itself as it is sent. */
function scriptBytes(sites: PostsSites, site: PostsSite, html: string): number {
  const found = new Map<string, number>()
  const visit = (path: string): void => {
    if (found.has(path)) return
    const script = sites.read(site, path)
    found.set(path, gzipSync(script).length)
    for (const [, name = ''] of script.matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g)) {
      visit(posix.join(posix.dirname(path), name))
    }
  }
  for (const [, name = ''] of html.matchAll(/(?:href=|import\()"([^"]+\.js)"/g)) {
    visit(posix.join(posix.dirname(slugOf(1)), name))
  }
  return [...found.values()].reduce((sum, bytes) => sum + bytes, 0)
}

/** From the first post on, each tells of the next. */
const next = { link: 'another post', heading: 'Post 2' }

/** What a visitor's browser asks of Storyblok, and how long it is busy until a page can be used. */
async function browserFigures({ quick }: Bench, servers: Servers, visitors: Visitors): Promise<Figure[]> {
  const apiRequests: number[] = []
  const runs: Record<'ours' | 'limit', number>[] = []
  for (let round = 0; round < (quick ? 2 : 8); round++) {
    const times: Record<'ours' | 'limit', number[]> = { ours: [], limit: [] }
    for (let index = 0; index < 3; index++) {
      for (const side of ['ours', 'limit'] as const) {
        const visit = await visitors.visit(`${servers[side].url}/${slugOf(1)}`, next)
        times[side].push(visit.taskMs)
        if (side === 'ours') apiRequests.push(visit.apiRequests)
      }
    }
    // A browser's first pages are slow.
    if (round > 0) runs.push({ ours: middleOf(times.ours), limit: middleOf(times.limit) })
  }
  const ratios = runs.map(({ ours, limit }) => ours / limit)
  return [
    summarize('sveltekit.visitor.api-requests', 'count', apiRequests),
    remark(summarize('sveltekit.hydration.task-ms-vs-limit', 'ratio', ratios, sidesOf(runs, Number))),
  ]
}

/** The same of a site as Storyblok's quickstart has it, which reads stories in browsers too. */
async function quickstartFigures({ apiOrigin, sites }: Bench, visitors: Visitors): Promise<Figure[]> {
  await sites.build('quickstart', {
    VITE_STORYBLOK_DELIVERY_API_TOKEN: tokens.preview,
    VITE_STORYBLOK_API_URL: apiOrigin,
  })
  return withServers([() => sites.serve('quickstart')], async ([server]) => {
    const script = scriptBytes(sites, 'quickstart', await readPage(server!))
    const { apiRequests } = await visitors.visit(`${server!.url}/${slugOf(1)}`, next)
    return [
      remark(summarize('sveltekit.visitor.documented-js-gzip', 'bytes', [script], { theirs: script })),
      remark(summarize('sveltekit.visitor.documented-api-requests', 'count', [apiRequests], { theirs: apiRequests })),
    ]
  })
}
