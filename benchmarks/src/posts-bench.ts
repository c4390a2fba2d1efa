import type { Story } from '@keyblok/core'
import type { Framework, RunningSite } from '../../scripts/lib/playground.ts'
import { middleOf } from './figure.ts'
import type { Figure, Sides } from './figure.ts'
import type { Usage } from './measure-node.ts'
import { PostsSites } from './posts-sites.ts'
import type { PostsSite } from './posts-sites.ts'
import { withSpace } from './with-space.ts'
import type { SpaceProcess } from './with-space.ts'

/** What a measurement of a framework works with: the sites, the space that they read, and its address. */
export interface Bench {
  framework: Framework
  apiOrigin: string
  space: SpaceProcess
  sites: PostsSites
  stories: number
  quick: boolean
}

/** How far away the API is, in milliseconds. */
const latency = 20

interface Setting {
  framework: Framework
  quick: boolean
  /** What the space is like, beside its size; see `space-process.ts`. */
  space?: readonly string[]
  /** What the file that the limit reads holds of a story; all of it by default. */
  limitOf?: (story: Story) => unknown
}

/** Runs measurements of a framework's sites with a space of so many stories. */
export type Measure = (
  stories: number,
  figures: (bench: Bench) => Promise<Figure[]>,
  ...args: readonly string[]
) => Promise<Figure[]>

/** Makes what runs measurements, each with a space and sites of its own. */
export function createMeasure({ framework, quick, space: always = [], limitOf }: Setting): Measure {
  return (stories, figures, ...args) =>
    withSpace(
      ['--stories', String(stories), '--latency', String(latency), ...always, ...args],
      async (apiOrigin, space) => {
        const sites = await PostsSites.open({ framework, apiOrigin, limitOf })
        try {
          return await figures({ framework, apiOrigin, space, sites, stories, quick })
        } finally {
          sites.close()
        }
      },
    )
}

/** Sides that do not limit themselves, as the API does not; Storyblok's own package at its best: one list for all pages. */
export const unlimited = { BENCH_RATE_LIMIT: '0', BENCH_WAY: 'best' }

/** What a build took. */
export interface Build extends Usage {
  requests: number
}

/** Builds a site, and makes sure that no page is missing. */
export async function build(
  { sites, space, stories }: Bench,
  site: PostsSite,
  more = {},
  options = {},
): Promise<Build> {
  const before = await space.requests()
  const usage = await sites.build(site, more, options)
  const pages = sites.pagesOf(site)
  if (pages !== stories) throw new Error(`The build of ${site} wrote ${pages} of ${stories} pages.`)
  return { ...usage, requests: (await space.requests()) - before }
}

/** Starts servers, and stops them when they were measured. */
export async function withServers<T>(
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

/** What a visitor got, and how long that took. */
export interface View {
  status: number
  text: string
  ms: number
}

/** Asks for a page, and waits for all of it. */
export async function view(url: string): Promise<View> {
  const start = performance.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
  const text = await response.text()
  return { status: response.status, text, ms: performance.now() - start }
}

/** Gives the middle of what each side took. */
export function sidesOf<Side extends string, Value>(
  runs: readonly Record<Side, Value>[],
  read: (value: Value) => number,
): Sides {
  const sides = Object.keys(runs[0] ?? {}) as Side[]
  return Object.fromEntries(sides.map((side) => [side, Math.round(middleOf(runs.map((run) => read(run[side]))))]))
}
