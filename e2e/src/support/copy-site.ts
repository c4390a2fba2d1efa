import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Inside this package, so that the sites find its dependencies.
const copies = fileURLToPath(new URL('../../.fixtures', import.meta.url))

/**
 * Copies a small site.
 *
 * @param source - The site’s folder.
 * @param files - Files to add or replace, by their path.
 * @param into - The folder to copy it into; one of this package by default.
 * @returns The copy’s folder, which the caller takes away.
 */
export function copySite(
  source: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  into: string = copies,
): string {
  mkdirSync(into, { recursive: true })
  const folder = mkdtempSync(join(into, `${basename(source)}-`))
  cpSync(source, folder, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}
