import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Obvious fakes, in the shape of Storyblok's tokens. */
export const tokens: Readonly<Record<'public' | 'preview' | 'personal', string>> = {
  public: 'fakePUBLICfakePUBLIC11tt',
  preview: 'fakePREVIEWfakePREVIEWtt',
  personal: 'sb_pat_fakePERSONALfakePERSON1tt',
}

/** The environment of a build that knows its tokens. */
export const knownTokens: Readonly<Record<string, string>> = {
  STORYBLOK_PUBLIC_TOKEN: tokens.public,
  STORYBLOK_PREVIEW_TOKEN: tokens.preview,
}

/** Files by their paths. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** Makes a folder with files, which goes when the test ends. */
export function createFolder(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyblok-vite-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}
