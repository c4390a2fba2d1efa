import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import autocannon from 'autocannon'
import { demoContent } from './demo-content.ts'
import { summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { generateStories, slugOf, topics } from './generate-stories.ts'
import { withSpaceCommand } from './with-space-command.ts'
import type { SpaceCommand } from './with-space-command.ts'

const storyCount = 10_000
const related = 3

const run = promisify(execFile)

/** The local space's figures. It runs on one core, and its clients on the other. */
export default async function space(): Promise<Figure[]> {
  const folder = writeContentFolder()
  try {
    return [
      await startFigure('space.start.ms', demoContent, 11),
      await startFigure('space.start-10k.ms', folder, 5),
      ...(await withSpaceCommand(['--content', folder], loadFigures)),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The time until the space of a new process listens, from when Node itself had started. */
async function startFigure(name: string, content: string, rounds: number): Promise<Figure> {
  const script = `
    const { createLocalSpace } = await import('@keyblok/space')
    await createLocalSpace({ content: process.argv[1] }).listen()
    console.log(performance.now() - performance.nodeTiming.bootstrapComplete)
    process.exit()`
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const runs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script, content], { cwd })
    runs.push(Number(stdout))
  }
  return summarize(name, 'ms', runs)
}

/** Requests a second, how long a publish takes, and the memory that the process has after all of them. */
async function loadFigures(space: SpaceCommand): Promise<Figure[]> {
  const draft = `version=draft&token=${space.previewToken}`
  const single = Array.from({ length: storyCount }, (_, index) => `/v2/cdn/stories/${slugOf(index)}?${draft}`)
  const pages = storyCount / topics.length / 25
  const lists = topics.flatMap((topic) =>
    Array.from({ length: pages }, (_, page) => {
      const filter = `filter_query[topic][in]=${topic}`
      return `/v2/cdn/stories?per_page=25&page=${page + 1}&${filter}&resolve_relations=post.related&${draft}`
    }),
  )
  const singles: number[] = []
  const listings: number[] = []
  const publishes: number[] = []
  for (let round = 0; round < 5; round++) {
    singles.push(await requestsPerSecond(space.origin, shuffle(single)))
    listings.push(await requestsPerSecond(space.origin, shuffle(lists)))
    publishes.push(await publishTime(space, round))
  }
  return [
    summarize('space.single.rps', 'per-s', singles),
    summarize('space.list.rps', 'per-s', listings),
    summarize('space.publish.ms', 'ms', publishes),
    summarize('space.rss.mb', 'mb', [(await memoryOf(space.pid)) / 1_000_000]),
  ]
}

/** The resident memory of a process, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout) * 1024
}

/** Asks for each of the paths in turn, over ten connections, for three seconds. */
async function requestsPerSecond(url: string, paths: readonly string[]): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections: 10,
    duration: 3,
    requests: paths.map((path) => ({ path })),
  })
  if (non2xx + errors > 0) throw new Error(`${non2xx} requests were refused, ${errors} failed.`)
  return requests.average
}

/** The middle time of publishing a story, over HTTP. */
async function publishTime({ origin, spaceId, personalToken }: SpaceCommand, round: number): Promise<number> {
  const headers = { Authorization: personalToken }
  const times: number[] = []
  for (let index = 0; index < 100; index++) {
    const start = performance.now()
    const response = await fetch(`${origin}/v1/spaces/${spaceId}/stories/${1 + round * 100 + index}/publish`, {
      headers,
    })
    await response.json()
    times.push(performance.now() - start)
    if (!response.ok) throw new Error(`Publishing was answered with ${response.status}.`)
  }
  return times.toSorted((a, b) => a - b)[50] ?? Number.NaN
}

/** Orders paths by chance, the same way in each run. */
function shuffle(paths: readonly string[]): string[] {
  let seed = 42
  const keyed = paths.map((path) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return { path, key: seed }
  })
  return keyed.toSorted((a, b) => a.key - b.key).map(({ path }) => path)
}

/** Writes 10,000 stories as Storyblok's command line pulls them, a file each. */
function writeContentFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-space-'))
  mkdirSync(join(folder, 'components/7'), { recursive: true })
  mkdirSync(join(folder, 'stories/7'), { recursive: true })
  writeFileSync(join(folder, 'components/7/components.json'), '[]')
  for (const [index, story] of generateStories(storyCount, related).entries()) {
    const { fullSlug, uuid, content, position } = story
    const slug = fullSlug.split('/').at(-1) ?? fullSlug
    const file = { id: index + 1, uuid, name: slug, slug, full_slug: fullSlug, position, published: true, content }
    writeFileSync(join(folder, `stories/7/${slug}_${uuid}.json`), JSON.stringify(file))
  }
  return folder
}
