import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { defineSpace, defineStories } from '@keyblok/core'
import { build } from 'esbuild'
import { createClient, createReader } from './clients.ts'
import { summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { tokens } from './tokens.ts'
import { withSpace } from './with-space.ts'

/** The core's figures. The sides of a ratio take turns, so that a busy machine is busy for all of them. */
export default async function core(): Promise<Figure[]> {
  return [
    ...(await withSpace([], readFigures)),
    ...(await withSpace([], cacheFigures)),
    ...(await withSpace(['--stories', '5000', '--latency', '20', '--rate-limit'], limitedFigures)),
    ...(await withSpace(['--stories', '5000', '--latency', '20'], unlimitedFigures)),
    ...(await memoryFigures()),
    ...(await withSpace(['--stories', '1000', '--relations', '3', '--remember'], relationFigures)),
    ...(await sizeFigures()),
  ]
}

type Work = () => Promise<unknown>

const pages = defineStories(defineSpace())
const slug = 'articles/the-quiet-season'
const fast = 100_000

/** One draft story, read in three ways; drafts are cached by none of them. */
async function readFigures(apiOrigin: string): Promise<Figure[]> {
  const reader = createReader(apiOrigin, { rateLimit: false, version: 'draft' })
  const client = createClient(apiOrigin, { cache: 'none', rateLimit: fast })
  const url = `${apiOrigin}/v2/cdn/stories/${slug}?version=draft&token=${tokens.preview}`
  const sides = {
    bare: async () => (await fetch(url)).json(),
    keyblok: () => reader.story(pages, slug),
    client: () => client.get(`cdn/stories/${slug}`, { version: 'draft' }),
  }
  const runs = await interleave(11, sides, (work) => cpuOf(work, 1500))
  return [
    summarize(
      'core.read.cpu-vs-fetch',
      'ratio',
      runs.map(({ keyblok, bare }) => keyblok / bare),
    ),
    summarize(
      'core.read.cpu-vs-js-client',
      'ratio',
      runs.map(({ keyblok, client: other }) => keyblok / other),
    ),
  ]
}

/** One published story, from memory. */
async function cacheFigures(apiOrigin: string): Promise<Figure[]> {
  const reader = createReader(apiOrigin, { cacheVersionLifetime: 600_000 })
  const client = createClient(apiOrigin, { cache: 'memory', rateLimit: fast })
  const reads = 200_000
  const sides = {
    keyblok: () => reader.story(pages, slug),
    client: () => client.get(`cdn/stories/${slug}`, { version: 'published' }),
  }
  const runs = await interleave(9, sides, (work) => timeOf(work, reads))
  return [
    summarize(
      'core.cached.reads-per-s',
      'per-s',
      runs.map(({ keyblok }) => (reads / keyblok) * 1000),
    ),
    summarize(
      'core.cached.vs-js-client',
      'ratio',
      runs.map(({ keyblok, client: other }) => other / keyblok),
    ),
  ]
}

/**
 * 5,000 stories within Storyblok's rate limits, which the space enforces. Both sides know the cache version from the
 * round that is not counted.
 */
async function limitedFigures(apiOrigin: string): Promise<Figure[]> {
  const reader = createReader(apiOrigin, { memoryCacheBytes: 0, cacheVersionLifetime: 600_000 })
  const sides = {
    keyblok: () => reader.all(pages),
    client: () => createClient(apiOrigin, { cache: 'none' }).getAll('cdn/stories', { version: 'published' }),
  }
  // Each starts in a second of its own.
  const runs = await interleave(3, sides, (work) => pause(1100).then(() => timeOf(work, 1)))
  return [
    summarize(
      'core.all-limited.speed-vs-js-client',
      'ratio',
      runs.map(({ keyblok, client }) => client / keyblok),
    ),
  ]
}

/** The same without limits, of either side. */
async function unlimitedFigures(apiOrigin: string): Promise<Figure[]> {
  const reader = createReader(apiOrigin, { memoryCacheBytes: 0, rateLimit: false })
  const client = createClient(apiOrigin, { cache: 'none', rateLimit: fast })
  const sides = {
    keyblok: () => reader.all(pages),
    client: () => client.getAll('cdn/stories', { version: 'published' }),
  }
  const runs = await interleave(5, sides, (work) => timeOf(work, 1))
  return [
    summarize(
      'core.all-unlimited.speed-vs-js-client',
      'ratio',
      runs.map(({ keyblok, client: other }) => other / keyblok),
    ),
  ]
}

/** Stories that refer to three others each, resolved by either side. */
async function relationFigures(apiOrigin: string): Promise<Figure[]> {
  const posts = defineStories(defineSpace({ resolveRelations: ['post.related'] }), { contentType: 'post' })
  const reader = createReader(apiOrigin, { memoryCacheBytes: 0, rateLimit: false })
  const client = createClient(apiOrigin, { cache: 'none', rateLimit: fast })
  const query = { version: 'published', per_page: 100, resolve_relations: 'post.related' } as const
  const sides = {
    keyblok: () => reader.all(posts),
    client: () => client.getAll('cdn/stories', query),
  }
  const runs = await interleave(5, sides, (work) => timeOf(work, 1))
  return [
    summarize(
      'core.relations.speed-vs-js-client',
      'ratio',
      runs.map(({ keyblok, client: other }) => other / keyblok),
    ),
  ]
}

/** What is alive while 5,000 stories are consumed one by one, against the whole of them. */
async function memoryFigures(): Promise<Figure[]> {
  const file = fileURLToPath(new URL('./memory-process.ts', import.meta.url))
  const shares = await withSpace(['--stories', '5000'], async (apiOrigin) => {
    const runs: number[] = []
    for (let run = 0; run < 3; run++) {
      const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file, apiOrigin])
      runs.push(Number(stdout))
    }
    return runs
  })
  return [summarize('core.all.peak-memory-share', 'ratio', shares)]
}

/** Runs all sides after each other, again and again; the first time is not counted. */
async function interleave<Side extends string>(
  rounds: number,
  sides: Record<Side, Work>,
  measure: (work: Work) => Promise<number>,
): Promise<Record<Side, number>[]> {
  const runs: Record<Side, number>[] = []
  for (let round = 0; round <= rounds; round++) {
    const run = {} as Record<Side, number>
    for (const [side, work] of Object.entries<Work>(sides)) run[side as Side] = await measure(work)
    if (round > 0) runs.push(run)
  }
  return runs
}

/** The CPU time of some reads, in microseconds. */
async function cpuOf(work: Work, times: number): Promise<number> {
  const start = process.cpuUsage()
  for (let index = 0; index < times; index++) await work()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** The time of some reads, in milliseconds. */
async function timeOf(work: Work, times: number): Promise<number> {
  const start = performance.now()
  for (let index = 0; index < times; index++) await work()
  return performance.now() - start
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** What a bundler makes of an entry, minified and compressed, on a platform with a global fetch. */
async function sizeFigures(): Promise<Figure[]> {
  const entries = {
    'core.define-stories.gzip-bytes': "export { defineStories } from '@keyblok/core'",
    'core.server.gzip-bytes': "export * from '@keyblok/core/server'",
  }
  return Promise.all(
    Object.entries(entries).map(async ([figure, contents]) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        conditions: ['workerd'],
      })
      return summarize(figure, 'bytes', [gzipSync(outputFiles[0]!.contents).length])
    }),
  )
}
