import { readFileSync } from 'node:fs'
import { platform } from 'node:process'
import autocannon from 'autocannon'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { PostsSites } from './astro-posts.ts'
import type { PostsSite } from './astro-posts.ts'
import { middleOf, remark, summarize } from './figure.ts'
import type { Figure, Sides } from './figure.ts'
import { slugOf } from './generate-stories.ts'
import type { Usage } from './measure-node.ts'
import type { BenchOptions } from './run.ts'
import { tokens } from './tokens.ts'
import { withSpace } from './with-space.ts'
import type { SpaceProcess } from './with-space.ts'

/** What a measurement works with: the sites, the space that they read, and its address. */
interface Bench {
  apiOrigin: string
  space: SpaceProcess
  sites: PostsSites
  stories: number
  quick: boolean
}

/** How far away the API is, in milliseconds. */
const latency = 20

/**
 * Astro's figures: static builds, servers, and what visitors get. The sides of a ratio take turns, so that a busy machine
 * is busy for all of them.
 */
export default async function astro({ quick }: BenchOptions): Promise<Figure[]> {
  const measure = (
    stories: number,
    figures: (bench: Bench) => Promise<Figure[]>,
    ...args: readonly string[]
  ): Promise<Figure[]> =>
    withSpace(['--stories', String(stories), '--latency', String(latency), ...args], async (apiOrigin, space) => {
      const sites = await PostsSites.open(apiOrigin)
      try {
        return await figures({ apiOrigin, space, sites, stories, quick })
      } finally {
        sites.close()
      }
    })
  return [
    ...(await measure(1000, buildFigures, '--remember')),
    ...(await measure(1000, documentedBuild, '--remember')),
    ...(quick ? [] : await measure(5000, buildFigures, '--remember')),
    ...(quick ? [] : await measure(5000, limitedBuild, '--rate-limit')),
    ...(await measure(quick ? 1000 : 5000, rebuildFigures)),
    ...(await measure(1000, serverFigures)),
    ...(await measure(1000, draftFigures)),
  ]
}

/** Sides that do not limit themselves, as the API does not; Storyblok's own package at its best: one list for all pages. */
const unlimited = { BENCH_RATE_LIMIT: '0', BENCH_WAY: 'best' }

interface Build extends Usage {
  requests: number
}

/** Builds a site, and makes sure that no page is missing. */
async function build({ sites, space, stories }: Bench, site: PostsSite, more = {}, options = {}): Promise<Build> {
  const before = await space.requests()
  const usage = await sites.build(site, more, options)
  const pages = sites.pagesOf(site)
  if (pages !== stories) throw new Error(`The build of ${site} wrote ${pages} of ${stories} pages.`)
  return { ...usage, requests: (await space.requests()) - before }
}

/** Whole builds, with nothing of earlier ones, while nobody limits the requests. */
async function buildFigures(bench: Bench): Promise<Figure[]> {
  const { stories, sites, quick } = bench
  const rounds = quick ? 1 : stories > 1000 ? 3 : 5
  // The space answers from memory from then on.
  for (const site of ['keyblok', 'official'] as const) await build(bench, site, unlimited)
  const runs: Record<keyof Required<Sides>, Build>[] = []
  for (let round = 0; round < rounds; round++) {
    // Who comes first changes: a machine gets busy.
    const order = ['keyblok', 'limit', 'official'] as const
    const run: Partial<Record<PostsSite, Build>> = {}
    for (const site of round % 2 === 0 ? order : order.toReversed()) run[site] = await build(bench, site, unlimited)
    runs.push({ ours: run.keyblok!, limit: run.limit!, theirs: run.official! })
  }
  if (sites.read('keyblok', 'posts/post-1/index.html') !== sites.read('limit', 'posts/post-1/index.html')) {
    throw new Error('The sites write different pages.')
  }
  const compare = (name: string, key: keyof Build, scale: number): Figure =>
    summarize(
      `astro.build-${stories}.${name}`,
      'ratio',
      runs.map(({ ours, limit }) => ours[key] / limit[key]),
      sidesOf(runs, (usage) => usage[key] / scale),
    )
  return [
    compare('vs-limit', 'ms', 1),
    remark(compare('cpu-vs-limit', 'cpu', 1)),
    remark(compare('memory-vs-limit', 'memory', 1_000_000)),
  ]
}

function sidesOf<Side extends string, Value>(
  runs: readonly Record<Side, Value>[],
  read: (value: Value) => number,
): Sides {
  const sides = Object.keys(runs[0] ?? {}) as Side[]
  return Object.fromEntries(sides.map((side) => [side, Math.round(middleOf(runs.map((run) => read(run[side]))))]))
}

/** Storyblok's own package as documented: a request a page, and the editor's script for everyone. */
async function documentedBuild(bench: Bench): Promise<Figure[]> {
  const { ms, requests } = await build(bench, 'official')
  const script = scriptBytes(bench.sites, 'official', bench.sites.read('official', 'posts/post-1/index.html'))
  return [
    remark(summarize('astro.build-1000.documented-ms', 'ms', [ms], { theirs: Math.round(ms) })),
    remark(summarize('astro.build-1000.documented-requests', 'count', [requests], { theirs: requests })),
    remark(summarize('astro.visitor.documented-js-bytes', 'bytes', [script], { theirs: script })),
  ]
}

/** Whole builds while the API allows what Storyblok does, against the limit's with the time that the requests must take. */
async function limitedBuild(bench: Bench): Promise<Figure[]> {
  const perSecond = 50
  const runs: Record<'ours' | 'limit', Build>[] = []
  for (let round = 0; round < 2; round++) {
    runs.push({ ours: await build(bench, 'keyblok'), limit: await build(bench, 'limit') })
  }
  const ratios = runs.map(({ ours, limit }) => ours.ms / (limit.ms + (ours.requests / perSecond) * 1000))
  const sides = sidesOf(runs, ({ ms }) => ms)
  return [
    summarize(
      'astro.build-5000.requests',
      'count',
      runs.map(({ ours }) => ours.requests),
    ),
    remark(summarize('astro.build-5000-limited.vs-limit-and-requests', 'ratio', ratios, sides)),
  ]
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
  if (!bench.sites.read(site, 'posts/post-7/index.html').includes('Post 7, once more')) {
    throw new Error('The second build shows the first one’s story.')
  }
  return { full, none, one }
}

const onDemand = { BENCH_ON_DEMAND: '1' }

/** Servers that render published stories, under load. */
async function serverFigures(bench: Bench): Promise<Figure[]> {
  const { sites } = bench
  for (const site of ['keyblok', 'limit', 'official'] as const) await sites.build(site, { ...onDemand, ...unlimited })
  return withServers(
    [
      () => sites.serve('keyblok'),
      () => sites.serve('limit'),
      // Its client learns no newer version by itself: what it holds stays.
      () => sites.serve('official'),
    ],
    async ([ours, limit, theirs]) => [
      await visitorFigure(bench, ours!.url),
      ...(await loadFigures(bench, { ours: ours!, limit: limit!, theirs: theirs! })),
      await stampedeFigure(bench, ours!.url),
      await coldStampede(bench),
      await unknownFigure(bench, ours!.url),
    ],
  )
}

async function withServers<T>(
  starts: readonly (() => Promise<RunningSite>)[],
  measure: (servers: readonly RunningSite[]) => Promise<T>,
): Promise<T> {
  const servers: RunningSite[] = []
  try {
    for (const start of starts) servers.push(await start())
    return await measure(servers)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** What a visitor's browser runs on a content page. */
async function visitorFigure({ sites }: Bench, origin: string): Promise<Figure> {
  const { text } = await view(`${origin}/${slugOf(1)}`)
  if (!text.includes('<h1>Post 1</h1>')) throw new Error('The page does not show its story.')
  if (/data-blok|_editable|storyblok|keyblok/i.test(text))
    throw new Error('The page of a visitor has marks of an editor.')
  return summarize('astro.visitor.js-bytes', 'bytes', [scriptBytes(sites, 'keyblok', text)])
}

/** The scripts of a page: those that stand in it, and those of its site that it names. */
function scriptBytes(sites: PostsSites, site: PostsSite, html: string): number {
  const inline = [...html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)].map(([, script = '']) => script)
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = '']) => sites.read(site, path))
  const handlers = [...html.matchAll(/\son\w+="([^"]*)"/g)].map(([, script = '']) => script)
  return Buffer.byteLength([...inline, ...named, ...handlers].join(''))
}

/** The pages that are asked for under load; all were seen before. */
const pages = Array.from({ length: 200 }, (_, index) => ({ path: `/${slugOf(index)}` }))

/** Requests a second, with few and with many connections, and what they cost upstream. */
async function loadFigures({ space, quick }: Bench, servers: Record<keyof Sides, RunningSite>): Promise<Figure[]> {
  const sides = Object.keys(servers) as (keyof Sides)[]
  await Promise.all(sides.map((side) => warmUp(servers[side])))
  const upstream: number[] = []
  const processor: number[] = []
  const figures: Figure[] = []
  for (const connections of [10, 50]) {
    const runs: Record<keyof Sides, Load>[] = []
    for (let round = 0; round < (quick ? 1 : 4); round++) {
      const run: Partial<Record<keyof Sides, Load>> = {}
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        const before = await space.requests()
        const load = await loadServer(servers[side], connections)
        if (side === 'ours') upstream.push(((await space.requests()) - before) / load.views)
        run[side] = load
      }
      const { ours, limit, theirs } = run as Record<keyof Sides, Load>
      runs.push({ ours, limit, theirs })
      processor.push(limit.cpu / ours.cpu)
    }
    const ratios = runs.map(({ ours, limit }) => ours.rate / limit.rate)
    const name = `astro.ssr-published-${connections}.vs-limit`
    figures.push(
      summarize(
        name,
        'ratio',
        ratios,
        sidesOf(runs, ({ rate }) => rate),
      ),
    )
  }
  const worse = figures.toSorted((a, b) => a.value - b.value)[0]!
  return [
    { ...worse, figure: 'astro.ssr-published.vs-limit' },
    ...figures.map(remark),
    ...(measuresProcessor ? [remark(summarize('astro.ssr-published.cpu-vs-limit', 'ratio', processor))] : []),
    summarize('astro.ssr-published.upstream-per-view', 'ratio', upstream),
  ]
}

/** Sees all pages once, and then some of them often, so that what is measured is steady. */
async function warmUp(server: RunningSite): Promise<void> {
  for (const { path } of pages) await view(server.url + path)
  await loadServer(server, 10)
}

interface Load {
  /** Views a second. */
  rate: number
  views: number
  /** What a view took of the processors, in ticks of the system's clock. */
  cpu: number
}

async function loadServer({ url, pid }: RunningSite, connections: number): Promise<Load> {
  const before = processorTicks(pid)
  const { requests, non2xx, errors } = await autocannon({ url, connections, duration: 3, requests: pages })
  if (non2xx + errors > 0) throw new Error(`${non2xx} views were refused, ${errors} failed.`)
  const cpu = (processorTicks(pid) - before) / requests.total
  return { rate: requests.average, views: requests.total, cpu }
}

/** Other systems than Linux do not tell it of a process that runs. */
const measuresProcessor = platform === 'linux'

function processorTicks(pid: number): number {
  if (!measuresProcessor) return 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return Number(fields[11]) + Number(fields[12])
}

const visitors = 30

/** What it costs upstream when many visitors ask for a page at once that nobody saw before. */
async function stampedeFigure({ space, quick }: Bench, origin: string): Promise<Figure> {
  const runs: number[] = []
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    // What the site knows of the space's version is renewed every few seconds, which is another request.
    await view(`${origin}/${slugOf(0)}`)
    runs.push(await stampede(space, `${origin}/${slugOf(500 + round)}`))
  }
  return summarize('astro.stampede-30.requests', 'count', runs)
}

/** The same of a server that has read nothing yet. */
async function coldStampede({ sites, space, quick }: Bench): Promise<Figure> {
  const runs: number[] = []
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    runs.push(
      await withServers([() => sites.serve('keyblok')], ([server]) => stampede(space, `${server!.url}/${slugOf(500)}`)),
    )
  }
  return remark(summarize('astro.stampede-30-cold.requests', 'count', runs))
}

async function stampede(space: SpaceProcess, url: string): Promise<number> {
  const before = await space.requests()
  const answers = await Promise.all(Array.from({ length: visitors }, () => view(url)))
  if (answers.some(({ status }) => status !== 200)) throw new Error('Not every visitor was answered.')
  return (await space.requests()) - before
}

/** What a path costs upstream that no story has. */
async function unknownFigure({ space }: Bench, origin: string): Promise<Figure> {
  const runs: number[] = []
  for (let round = 0; round < 5; round++) {
    await view(`${origin}/${slugOf(0)}`)
    const before = await space.requests()
    const { status } = await view(`${origin}/posts/unknown-${round}`)
    if (status !== 404) throw new Error(`An unknown slug was answered with ${status}.`)
    runs.push((await space.requests()) - before)
  }
  return remark(summarize('astro.ssr-unknown.requests', 'count', runs))
}

/** A server whose every view reads a draft: how much longer a view takes than the read itself. */
async function draftFigures(bench: Bench): Promise<Figure[]> {
  const { apiOrigin, sites, quick } = bench
  for (const site of ['keyblok', 'official'] as const) await sites.build(site, { ...onDemand, ...unlimited })
  const starts = [
    () => sites.serve('keyblok', { STORYBLOK_ENVIRONMENT: 'staging' }),
    () => sites.serve('official', { BENCH_VERSION: 'draft' }),
  ]
  return withServers(starts, async ([ours, theirs]) => {
    const urls = {
      ours: (slug: string) => `${ours!.url}/${slug}`,
      theirs: (slug: string) => `${theirs!.url}/${slug}`,
      limit: (slug: string) => `${apiOrigin}/v2/cdn/stories/${slug}?version=draft&token=${tokens.preview}`,
    }
    const runs: Record<keyof typeof urls, number>[] = []
    const warmRounds = 2
    for (let round = 0; round < warmRounds + (quick ? 1 : 5); round++) {
      const times: Record<keyof typeof urls, number[]> = { ours: [], theirs: [], limit: [] }
      for (let index = 0; index < 60; index++) {
        for (const side of ['limit', 'ours', 'theirs'] as const) {
          const { ms, status } = await view(urls[side](slugOf(round * 60 + index)))
          if (status !== 200) throw new Error(`A draft was answered with ${status}.`)
          times[side].push(ms)
        }
      }
      const middles = { ours: middleOf(times.ours), theirs: middleOf(times.theirs), limit: middleOf(times.limit) }
      // Code gets fast first.
      if (round >= warmRounds) runs.push(middles)
    }
    const added = runs.map(({ ours: view, limit: read }) => view - read)
    return [summarize('astro.ssr-draft.p50-over-upstream-ms', 'ms', added, sidesOf(runs, Number))]
  })
}

async function view(url: string): Promise<{ status: number; text: string; ms: number }> {
  const start = performance.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
  const text = await response.text()
  return { status: response.status, text, ms: performance.now() - start }
}
