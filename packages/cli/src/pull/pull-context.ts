import type { Management } from '@keyblok/core/management'
import type { Delivery, TokenSet } from '@keyblok/core/server'
import type { Manifest } from './manifest.js'
import { writeJson } from './own-files.js'
import type { PullFolder } from './pull-folder.js'
import type { Kind, PullReport } from './report.js'

/** What every part of a pull works with. */
export interface PullContext {
  management: Management
  delivery: Delivery
  tokens: TokenSet
  spaceId: string
  /** The path of the space in the Management API. */
  space: string
  /** The codes of the space's languages beside the default one. */
  languages: readonly string[]
  /** The origin of a local space, which serves assets in the place of Storyblok's hosts. */
  localOrigin: string | undefined
  folder: PullFolder
  manifest: Manifest
  report: PullReport
  options: PullOptions
  signal: AbortSignal
  /** Ends whatever is under way. */
  stop(): void
  /** Says how far it is. */
  say(text: string): void
}

/** What is asked for. */
export interface PullOptions {
  kinds: ReadonlySet<Kind>
  drafts: boolean
  privateAssets: boolean
  /** Whether assets are wanted that nothing pulled names. */
  allAssets: boolean
  /** A prefix of the full slugs of stories. */
  startsWith: string
  /** Whether files are replaced that no pull wrote. */
  force: boolean
}

/**
 * Writes a file that a pull makes whole each time, and counts it.
 *
 * @param value - What it holds; nothing takes away the file of an earlier pull.
 */
export function writeWhole(context: PullContext, kind: Kind, path: string, value: unknown): void {
  const { manifest, report } = context
  const key = `files/${path}`
  const tally = report.tally(kind)
  if (value === undefined) {
    if (!manifest.get(key)) return
    manifest.delete(key)
    tally.removed++
    return
  }
  if (writeJson(context, path, value)) tally.written++
  else tally.unchanged++
  if (!manifest.get(key)) manifest.set(key, { state: '', files: [path] })
}
