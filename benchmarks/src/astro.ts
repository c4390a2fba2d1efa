import { remark, summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { slugOf } from './generate-stories.ts'
import { build, createMeasure, view } from './posts-bench.ts'
import type { Bench, Build } from './posts-bench.ts'
import { buildFigures, documentedBuild, limitedBuild } from './posts-builds.ts'
import { draftFigures, serverFigures } from './posts-servers.ts'
import type { Servers } from './posts-servers.ts'
import type { PostsSite, PostsSites } from './posts-sites.ts'
import type { BenchOptions } from './run.ts'

/**
 * Astro's figures: static builds, servers, and what visitors get. The sides of a ratio take turns, so that a busy machine
 * is busy for all of them.
 */
export default async function astro({ quick }: BenchOptions): Promise<Figure[]> {
  const measure = createMeasure({ framework: 'astro', quick })
  return [
    ...(await measure(1000, buildFigures, '--remember')),
    ...(await measure(1000, documentedFigures, '--remember')),
    ...(quick ? [] : await measure(5000, buildFigures, '--remember')),
    ...(quick ? [] : await measure(5000, limitedBuild, '--rate-limit')),
    ...(await measure(quick ? 1000 : 5000, rebuildFigures)),
    ...(await measure(1000, (bench) => serverFigures(bench, visitorFigures))),
    ...(await measure(1000, draftFigures)),
  ]
}

/** Storyblok's own package as documented, with the editor's script for everyone. */
async function documentedFigures(bench: Bench): Promise<Figure[]> {
  const figures = await documentedBuild(bench)
  const script = scriptBytes(bench.sites, 'official', bench.sites.readPage('official', slugOf(1)))
  return [...figures, remark(summarize('astro.visitor.documented-js-bytes', 'bytes', [script], { theirs: script }))]
}

/**
 * Second builds: of a collection, which reads what changed, and of pages that take their paths from `storyPaths`, which
 * read their source whole once anything changed.
 */
async function rebuildFigures(bench: Bench): Promise<Figure[]> {
  const collection = await rebuild(bench, 'collection')
  const paths = await rebuild(bench, 'keyblok')
  return [
    summarize('astro.rebuild-none.requests', 'count', [collection.none.requests, paths.none.requests]),
    summarize('astro.rebuild-one.requests', 'count', [collection.one.requests]),
    remark(summarize('astro.rebuild-none.vs-full', 'ratio', [collection.none.ms / collection.full.ms])),
    remark(summarize('astro.rebuild-one.vs-full', 'ratio', [collection.one.ms / collection.full.ms])),
    remark(summarize('astro.rebuild-one.paths-requests', 'count', [paths.one.requests])),
    remark(summarize('astro.rebuild-one.paths-vs-full', 'ratio', [paths.one.ms / paths.full.ms])),
  ]
}

/** Builds a site, builds it again, and once more after one story changed. */
async function rebuild(bench: Bench, site: PostsSite): Promise<Record<'full' | 'none' | 'one', Build>> {
  const full = await build(bench, site)
  const none = await build(bench, site, {}, { keep: true })
  await bench.space.change(7)
  const one = await build(bench, site, {}, { keep: true })
  if (!bench.sites.readPage(site, slugOf(7)).includes('Post 7, once more')) {
    throw new Error('The second build shows the first one’s story.')
  }
  return { full, none, one }
}

/** What a visitor's browser runs on a content page. */
async function visitorFigures({ sites }: Bench, { ours }: Servers): Promise<Figure[]> {
  const { text } = await view(`${ours.url}/${slugOf(1)}`)
  if (!text.includes('<h1>Post 1</h1>')) throw new Error('The page does not show its story.')
  if (/data-blok|_editable|storyblok|keyblok/i.test(text))
    throw new Error('The page of a visitor has marks of an editor.')
  return [summarize('astro.visitor.js-bytes', 'bytes', [scriptBytes(sites, 'keyblok', text)])]
}

/** The scripts of a page: those that stand in it, and those of its site that it names. */
function scriptBytes(sites: PostsSites, site: PostsSite, html: string): number {
  const inline = [...html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)].map(([, script = '']) => script)
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = '']) => sites.read(site, path))
  const handlers = [...html.matchAll(/\son\w+="([^"]*)"/g)].map(([, script = '']) => script)
  return Buffer.byteLength([...inline, ...named, ...handlers].join(''))
}
