import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secret } from '@keyblok/core/server'
import { needlesOf } from './encodings.js'

/** A place where a token stands. */
export interface Hit {
  file: string
  /** From 1. */
  line: number
  /** From 1, in bytes. */
  column: number
  kind: Secret['kind']
  encoding: string
}

export interface ScanResult {
  files: number
  hits: Hit[]
}

/** Searches every file below some folders for tokens; folders that do not exist hold nothing. */
export async function scanFolders(folders: readonly string[], secrets: readonly Secret[]): Promise<ScanResult> {
  const needles = secrets.flatMap((secret) =>
    needlesOf(secret.reveal()).map((needle) => ({ ...needle, kind: secret.kind })),
  )
  const result: ScanResult = { files: 0, hits: [] }
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || isEnvFile(entry.name)) continue
      const file = join(entry.parentPath, entry.name)
      const content = await readFile(file)
      result.files++
      for (const { bytes, kind, encoding } of needles) {
        const position = content.indexOf(bytes)
        if (position !== -1) result.hits.push({ file, ...locate(content, position), kind, encoding })
      }
    }
  }
  return result
}

/** Some adapters copy the environment beside a server bundle, for a preview of it. No server hands these files out. */
function isEnvFile(name: string): boolean {
  return name === '.dev.vars' || /^\.env(\.|$)/.test(name)
}

function locate(content: Buffer, position: number): { line: number; column: number } {
  const before = content.subarray(0, position)
  let line = 1
  for (const byte of before) if (byte === 0x0a) line++
  return { line, column: position - before.lastIndexOf(0x0a) }
}
