import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Framework, SiteEnvironment } from '../../../scripts/lib/playground.ts'
import { copySite } from './copy-site.ts'
import { tokens } from './tokens.ts'

const sources = fileURLToPath(new URL('../fixtures', import.meta.url))

/** The small Astro site. */
export const astroFixture: string = join(sources, 'astro')

/** The environment of a build that knows its tokens and needs no API. */
export const knownTokens: SiteEnvironment = {
  STORYBLOK_PUBLIC_TOKEN: tokens.public,
  STORYBLOK_PREVIEW_TOKEN: tokens.preview,
}

/**
 * Copies the small site of a framework, which goes when the test ends.
 *
 * @param files - Files to add or replace, by their path.
 * @returns The copy's folder.
 */
export function createFixture(framework: Framework, files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = copySite(join(sources, framework), files)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Reads all files of a folder as one text. */
export function readAll(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}
