import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Management } from '@keyblok/core/management'
import { regionOrigins } from '@keyblok/core/management'
import { Delivery } from '@keyblok/core/server'
import type { Settings } from '@keyblok/core/server'
import { CliError, usageError } from '../command/cli-error.js'
import { acquireLock } from '../environment/lock.js'
import { pullAssets } from './assets.js'
import { pullComponents } from './components.js'
import { pullDatasources } from './datasources.js'
import { Manifest } from './manifest.js'
import { writeJson } from './own-files.js'
import type { PullContext, PullOptions } from './pull-context.js'
import { PullFolder } from './pull-folder.js'
import { pullReleases } from './releases.js'
import { PullReport } from './report.js'
import type { Kind } from './report.js'
import { fetchSpace } from './space.js'
import type { SpaceFile } from './space.js'
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
  const found = await fetchSpace(management, `spaces/${spaceId}`)
  const localOrigin = localOriginOf(settings.apiOrigin)
  const delivery = new Delivery({ apiOrigin: settings.apiOrigin, rateLimit: localOrigin === undefined, ...retry })
  if (options.kinds.has('stories')) await assertPublicToken(delivery, settings, Number(spaceId))

  const folder = new PullFolder(out, spaceId)
  const release = acquireLock(folder.resolve(`${folder.own}/lock`), 'a pull into this folder')
  try {
    folder.prepare()
    return await fill(folder, input, { found, localOrigin, delivery })
  } finally {
    folder.finish()
    release()
  }
}

interface Opened extends Pick<PullContext, 'localOrigin' | 'delivery'> {
  found: SpaceFile
}

async function fill(folder: PullFolder, input: PullInput, { found, ...opened }: Opened): Promise<PullReport> {
  const manifest = new Manifest(folder)
  const report = new PullReport()
  const space = `spaces/${input.spaceId}`
  const languages = found.languages.map(({ code }) => code)
  const context = { ...input, ...opened, folder, manifest, report, space, languages, tokens: input.settings.tokens }
  changeMode(context)
  writeSpace(context, found)
  for (const { kind, run } of steps) {
    if (input.options.kinds.has(kind)) await run(context)
  }
  manifest.close()
  return report
}

function writeSpace(context: PullContext, found: SpaceFile): void {
  const path = 'space.json'
  writeJson(context, path, found)
  context.manifest.set(`files/${path}`, { state: '', files: [path] })
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

/**
 * Takes what was pulled with drafts away before anything else, so that none is left whatever happens then.
 *
 * @throws {CliError} With exit code 2, when drafts would stay that nobody asks for.
 */
function changeMode({ manifest, options, out }: PullContext & PullInput): void {
  const isLeaving = manifest.drafts && !options.drafts
  if (!options.kinds.has('stories')) {
    if (!isLeaving) return
    throw usageError(
      `${out} holds drafts, which a pull without --drafts and without stories would leave there.`,
      'Give --drafts to keep them, or leave --only out, which takes them away.',
    )
  }
  if (isLeaving) {
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
