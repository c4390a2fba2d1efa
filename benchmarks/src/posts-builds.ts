import type { Framework } from '../../scripts/lib/playground.ts'
import { remark, summarize } from './figure.ts'
import type { Figure, Sides } from './figure.ts'
import { slugOf } from './generate-stories.ts'
import { build, sidesOf, unlimited } from './posts-bench.ts'
import type { Bench, Build } from './posts-bench.ts'
import type { PostsSite } from './posts-sites.ts'

/** What the writing of pages is called, in the names of figures. */
const words: Record<Framework, string> = { astro: 'build', sveltekit: 'prerender' }

function nameOf({ framework, stories }: Bench): string {
  return `${framework}.${words[framework]}-${stories}`
}

/** Whole builds, with nothing of earlier ones, while nobody limits the requests. */
export async function buildFigures(bench: Bench): Promise<Figure[]> {
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
  if (shownOf(sites.readPage('keyblok', slugOf(1))) !== shownOf(sites.readPage('limit', slugOf(1)))) {
    throw new Error('The sites write different pages.')
  }
  const compare = (name: string, key: keyof Build, scale: number): Figure =>
    summarize(
      `${nameOf(bench)}.${name}`,
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

/** What a page shows: without what a framework has in it for its scripts, and white space that does not show. */
function shownOf(page: string): string {
  return page
    .replaceAll(/<!--[^]*?-->|<script\b[^]*?<\/script>|<link\b[^>]*>/g, '')
    .replaceAll(/\s*(<[^>]*>)\s*/g, '$1')
}

/** Storyblok's own package as documented: a request a page. */
export async function documentedBuild(bench: Bench): Promise<Figure[]> {
  const { ms, requests } = await build(bench, 'official')
  return [
    remark(summarize(`${nameOf(bench)}.documented-ms`, 'ms', [ms], { theirs: Math.round(ms) })),
    remark(summarize(`${nameOf(bench)}.documented-requests`, 'count', [requests], { theirs: requests })),
  ]
}

/** Whole builds while the API allows what Storyblok does, against the limit's with the time that the requests must take. */
export async function limitedBuild(bench: Bench): Promise<Figure[]> {
  const perSecond = 50
  const runs: Record<'ours' | 'limit', Build>[] = []
  for (let round = 0; round < 2; round++) {
    runs.push({ ours: await build(bench, 'keyblok'), limit: await build(bench, 'limit') })
  }
  const ratios = runs.map(({ ours, limit }) => ours.ms / (limit.ms + (ours.requests / perSecond) * 1000))
  const sides = sidesOf(runs, ({ ms }) => ms)
  return [
    summarize(
      `${nameOf(bench)}.requests`,
      'count',
      runs.map(({ ours }) => ours.requests),
    ),
    remark(summarize(`${nameOf(bench)}-limited.vs-limit-and-requests`, 'ratio', ratios, sides)),
  ]
}
