import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Management } from '@keyblok/core/management'
import { regionOrigins } from '@keyblok/core/management'
import { Delivery } from '@keyblok/core/server'
import type { Settings } from '@keyblok/core/server'
import { CliError, usageError } from '../command/cli-error.js'
import { pullAssets } from './assets.js'
import { pullComponents } from './components.js'
import { pullDatasources } from './datasources.js'
import { Manifest } from './manifest.js'
import type { PullContext, PullOptions } from './pull-context.js'
import { PullFolder } from './pull-folder.js'
import { pullReleases } from './releases.js'
import { PullReport } from './report.js'
import type { Kind } from './report.js'
import { fetchSpace } from './space.js'
import { pullStories } from './stories.js'

/** What a pull needs. */
export interface PullInput {
  management: Management
  spaceId: string
  settings: Settings
  /** The folder to write into. */
  out: string
  options: PullOptions
  signal: AbortSignal
  stop(): void
  say(text: string): void
}

/** How each kind is pulled, in this order. */
const steps: readonly { kind: Kind; run(context: PullContext): Promise<void> }[] = [
  { kind: 'components', run: pullComponents },
  { kind: 'datasources', run: pullDatasources },
  { kind: 'stories', run: pullStories },
  { kind: 'releases', run: pullReleases },
  { kind: 'assets', run: pullAssets },
]

const retry = { attempts: 8, timeout: 30_000, deadline: 120_000 }

/**
 * Pulls a space into a folder, in the layout that a local space reads.
 *
 * @returns What became of everything.
 * @throws {CliError} When the public token is of another space, or the folder cannot be used.
 * @throws {KeyblokError} What concerns the whole pull, such as a token that is refused.
 */
export async function pull(input: PullInput): Promise<PullReport> {
  const { management, spaceId, settings, options, out } = input
  const space = `spaces/${spaceId}`
  const found = await fetchSpace(management, space)
  const localOrigin = localOriginOf(settings.apiOrigin)
  const delivery = new Delivery({ apiOrigin: settings.apiOrigin, rateLimit: localOrigin === undefined, ...retry })
  if (options.kinds.has('stories')) await assertPublicToken(delivery, settings, Number(spaceId))

  const folder = new PullFolder(out, spaceId)
  folder.prepare()
  const manifest = new Manifest(folder)
  const report = new PullReport()
  const languages = found.languages.map(({ code }) => code)
  const { tokens } = settings
  const context = { ...input, folder, manifest, report, space, languages, localOrigin, delivery, tokens }
  if (options.kinds.has('stories')) changeMode(context)
  folder.writeJson('space.json', found)

  for (const { kind, run } of steps) {
    if (options.kinds.has(kind)) await run(context)
  }
  manifest.close()
  folder.finish()
  return report
}

/** A local space, or whatever else stands in Storyblok's place, serves the assets too. */
function localOriginOf(apiOrigin: string): string | undefined {
  return Object.values<string>(regionOrigins).includes(apiOrigin) ? undefined : new URL(apiOrigin).origin
}

async function assertPublicToken(delivery: Delivery, { tokens }: Settings, spaceId: number): Promise<void> {
  if (!tokens.public) return
  const { id } = await delivery.space({
    version: 'published',
    token: tokens.public,
    reason: 'Published: it is pulled.',
  })
  if (id === spaceId) return
  throw new CliError(`STORYBLOK_PUBLIC_TOKEN is of space ${id}, and STORYBLOK_SPACE_ID is ${spaceId}.`, {
    hint: 'Take both from the same space.',
  })
}

/** What was pulled with drafts is taken away before anything else, so that none is left whatever happens then. */
function changeMode({ manifest, options }: PullContext): void {
  if (manifest.drafts && !options.drafts) {
    const keys = ['stories/', 'assets/', 'files/releases/'].flatMap((prefix) => manifest.keys(prefix))
    for (const key of keys) manifest.delete(key)
  }
  manifest.drafts = options.drafts
}

/**
 * Refuses a folder that holds another space: what reads it could not tell them apart.
 *
 * @throws {CliError} With exit code 2.
 */
export function assertOwnFolder(out: string, spaceId: string): void {
  for (const kind of ['components', 'stories']) {
    const folder = join(out, kind)
    if (!existsSync(folder)) continue
    const other = readdirSync(folder).find((name) => /^\d+$/.test(name) && name !== spaceId)
    if (other === undefined) continue
    throw usageError(
      `${out} holds the space ${other}, and STORYBLOK_SPACE_ID is ${spaceId}.`,
      'Name another folder with --out, or give --force to keep both: tools then need to be told which one they read.',
    )
  }
}
