import { readFileSync } from 'node:fs'
import { platform } from 'node:process'
import autocannon from 'autocannon'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { middleOf, remark, summarize } from './figure.ts'
import type { Figure, Sides } from './figure.ts'
import { slugOf } from './generate-stories.ts'
import { sidesOf, unlimited, view, withServers } from './posts-bench.ts'
import type { Bench } from './posts-bench.ts'
import { tokens } from './tokens.ts'
import type { SpaceProcess } from './with-space.ts'

/** How sites are built and served whose pages are rendered when they are asked for; some read it at build, some later. */
const rendering = { BENCH_ON_DEMAND: '1', ...unlimited }

/** The servers of all sides. */
export type Servers = Record<keyof Required<Sides>, RunningSite>

/**
 * Servers that render published stories, under load.
 *
 * @param visitorFigures - Measures what visitors get of them.
 */
export async function serverFigures(
  bench: Bench,
  visitorFigures: (bench: Bench, servers: Servers) => Promise<Figure[]>,
): Promise<Figure[]> {
  const { sites } = bench
  for (const site of ['keyblok', 'limit', 'official'] as const) await sites.build(site, rendering)
  return withServers(
    [
      () => sites.serve('keyblok', rendering),
      () => sites.serve('limit', rendering),
      // Its client learns no newer version by itself: what it holds stays.
      () => sites.serve('official', rendering),
    ],
    async ([ours, limit, theirs]) => {
      const servers: Servers = { ours: ours!, limit: limit!, theirs: theirs! }
      return [
        ...(await visitorFigures(bench, servers)),
        ...(await loadFigures(bench, servers)),
        await stampedeFigure(bench, ours!.url),
        await coldStampede(bench),
        await unknownFigure(bench, ours!.url),
      ]
    },
  )
}

/** The pages that are asked for under load; all were seen before. */
const pages = Array.from({ length: 200 }, (_, index) => ({ path: `/${slugOf(index)}` }))

/** Requests a second, with few and with many connections, and what they cost upstream. */
async function loadFigures({ framework, space, quick }: Bench, servers: Servers): Promise<Figure[]> {
  const sides = Object.keys(servers) as (keyof Servers)[]
  await Promise.all(sides.map((side) => warmUp(servers[side])))
  const upstream: number[] = []
  const processor: number[] = []
  const figures: Figure[] = []
  for (const connections of [10, 50]) {
    const runs: Record<keyof Servers, Load>[] = []
    for (let round = 0; round < (quick ? 1 : 4); round++) {
      const run: Partial<Record<keyof Servers, Load>> = {}
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        const before = await space.requests()
        const load = await loadServer(servers[side], connections)
        if (side === 'ours') upstream.push(((await space.requests()) - before) / load.views)
        run[side] = load
      }
      const { ours, limit, theirs } = run as Record<keyof Servers, Load>
      runs.push({ ours, limit, theirs })
      processor.push(limit.cpu / ours.cpu)
    }
    const ratios = runs.map(({ ours, limit }) => ours.rate / limit.rate)
    const rates = sidesOf(runs, ({ rate }) => rate)
    figures.push(summarize(`${framework}.ssr-published-${connections}.vs-limit`, 'ratio', ratios, rates))
  }
  const worse = figures.toSorted((a, b) => a.value - b.value)[0]!
  return [
    { ...worse, figure: `${framework}.ssr-published.vs-limit` },
    ...figures.map(remark),
    ...(measuresProcessor ? [remark(summarize(`${framework}.ssr-published.cpu-vs-limit`, 'ratio', processor))] : []),
    summarize(`${framework}.ssr-published.upstream-per-view`, 'ratio', upstream),
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
async function stampedeFigure({ framework, space, quick }: Bench, origin: string): Promise<Figure> {
  const runs: number[] = []
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    // What the site knows of the space's version is renewed every few seconds, which is another request.
    await view(`${origin}/${slugOf(0)}`)
    runs.push(await stampede(space, `${origin}/${slugOf(500 + round)}`))
  }
  return summarize(`${framework}.stampede-30.requests`, 'count', runs)
}

/** The same of a server that has read nothing yet. */
async function coldStampede({ framework, sites, space, quick }: Bench): Promise<Figure> {
  const runs: number[] = []
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    runs.push(
      await withServers([() => sites.serve('keyblok', rendering)], ([server]) =>
        stampede(space, `${server!.url}/${slugOf(500)}`),
      ),
    )
  }
  return remark(summarize(`${framework}.stampede-30-cold.requests`, 'count', runs))
}

async function stampede(space: SpaceProcess, url: string): Promise<number> {
  const before = await space.requests()
  const answers = await Promise.all(Array.from({ length: visitors }, () => view(url)))
  if (answers.some(({ status }) => status !== 200)) throw new Error('Not every visitor was answered.')
  return (await space.requests()) - before
}

/** What a path costs upstream that no story has. */
async function unknownFigure({ framework, space }: Bench, origin: string): Promise<Figure> {
  const runs: number[] = []
  for (let round = 0; round < 5; round++) {
    await view(`${origin}/${slugOf(0)}`)
    const before = await space.requests()
    const { status } = await view(`${origin}/posts/unknown-${round}`)
    if (status !== 404) throw new Error(`An unknown slug was answered with ${status}.`)
    runs.push((await space.requests()) - before)
  }
  return remark(summarize(`${framework}.ssr-unknown.requests`, 'count', runs))
}

/** A server whose every view reads a draft: how much longer a view takes than the read itself. */
export async function draftFigures(bench: Bench): Promise<Figure[]> {
  const { framework, apiOrigin, sites, quick } = bench
  for (const site of ['keyblok', 'official'] as const) await sites.build(site, rendering)
  const starts = [
    () => sites.serve('keyblok', { ...rendering, STORYBLOK_ENVIRONMENT: 'staging' }),
    () => sites.serve('official', { ...rendering, BENCH_VERSION: 'draft' }),
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
    return [summarize(`${framework}.ssr-draft.p50-over-upstream-ms`, 'ms', added, sidesOf(runs, Number))]
  })
}
