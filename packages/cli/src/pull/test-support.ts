import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { onTestFinished } from 'vitest'
import { createFolder, demoContent, runKeyblok, serveSpace } from '../test-support.js'
import type { Run } from '../test-support.js'

/** All files below a folder, by their paths. */
function filesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.toSorted().map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

export const textIn = (folder: string): string => [...filesIn(folder).values()].join('\n')

export const fileNames = (folder: string): string[] => [...filesIn(folder).keys()]

/** What a space answers to a read. */
async function read(space: LocalSpace, path: string, token = space.tokens.preview): Promise<Record<string, unknown>> {
  const separator = path.includes('?') ? '&' : '?'
  const url = `http://space.test/v2/cdn/${path}${separator}token=${token}&cv=9999999999`
  return (await (await space.fetch(new Request(url))).json()) as Record<string, unknown>
}

export async function storiesOf(space: LocalSpace, query: string): Promise<unknown> {
  const { stories } = await read(space, `stories?per_page=100&sort_by=created_at:asc&${query}`)
  return (stories as { id: number }[]).toSorted((one, other) => one.id - other.id)
}

/** The UUID of the story with a slug. */
export async function uuidOf(space: LocalSpace, slug: string): Promise<string> {
  const { story } = await read(space, `stories/${slug}?version=draft`)
  return (story as { uuid: string }).uuid
}

async function manage(space: LocalSpace, path: string): Promise<unknown> {
  const request = new Request(`http://space.test/v1/spaces/${space.id}/${path}`, {
    headers: { authorization: space.tokens.personal },
  })
  return (await space.fetch(request)).json()
}

/** Everything that is compared of two spaces. */
export async function answersOf(space: LocalSpace, version: string): Promise<unknown> {
  const assets = ((await manage(space, 'assets?per_page=100')) as { assets: { id: number; filename: string }[] }).assets
  const hashes = assets.map(async ({ filename }) => {
    const { signed_url: url } = (await read(space, `assets/me?filename=${filename}`, space.tokens.asset))['asset'] as {
      signed_url: string
    }
    const bytes = await (await space.fetch(new Request(url))).bytes()
    return [filename, createHash('sha256').update(bytes).digest('hex')]
  })
  return {
    stories: await storiesOf(space, `version=${version}`),
    german: await storiesOf(space, `version=${version}&language=de`),
    links: await read(space, `links?version=${version}&per_page=1000`),
    tags: await read(space, `tags?version=${version}`),
    datasources: (await read(space, 'datasources'))['datasources'],
    entries: (await read(space, 'datasource_entries?dimension=de&per_page=1000'))['datasource_entries'],
    components: await manage(space, 'components'),
    assets: Object.fromEntries(await Promise.all(hashes)),
  }
}

/** The sentences of a value. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 20 && value.includes(' ') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesOf) : []
}

/** The sentences that only drafts have. */
export async function unpublishedSentences(space: LocalSpace): Promise<string[]> {
  const published = new Set(sentencesOf(await answersOf(space, 'published')))
  const drafts = await Promise.all(
    ['', '&language=de', '&from_release=8001'].map((query) => storiesOf(space, `version=draft${query}`)),
  )
  return [...new Set(drafts.flatMap(sentencesOf))].filter((text) => !published.has(text) && !text.startsWith('<!--'))
}

/** A space, and what pulls it. */
interface PullSetup {
  space: LocalSpace
  /** The variables that lead to the space. */
  env: Record<string, string>
  cwd: string
  /** Runs `keyblok pull` with arguments. */
  run(...args: string[]): Promise<Run>
  /** Where it writes by default. */
  folder: string
}

/** A space with the demo's content, and what pulls it into a folder. */
export async function createPull(space: LocalSpace = createLocalSpace({ content: demoContent })): Promise<PullSetup> {
  const env = { ...(await serveSpace(space)), STORYBLOK_ASSET_TOKEN: space.tokens.asset }
  const cwd = createFolder()
  const run = (...args: string[]) => runKeyblok(['pull', ...args], { cwd, env })
  return { space, env, cwd, run, folder: join(cwd, '.storyblok') }
}

export function open(folder: string): LocalSpace {
  const space = createLocalSpace({ content: folder })
  onTestFinished(() => space.close())
  return space
}
