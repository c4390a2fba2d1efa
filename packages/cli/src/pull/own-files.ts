import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { CliError } from '../command/cli-error.js'
import type { PullContext } from './pull-context.js'

type Owner = Pick<PullContext, 'folder' | 'manifest' | 'options'>

/**
 * Writes a file whole or not at all. Whoever calls it notes the file in the manifest.
 *
 * @returns Whether it was not there like this before.
 * @throws {CliError} When another file is there that no pull wrote.
 */
export function writeJson(owner: Owner, path: string, value: unknown): boolean {
  const { folder } = owner
  const text = `${JSON.stringify(value, null, 2)}\n`
  // A pull that was killed may have written it without noting it.
  if (isForeign(owner, path) && folder.read(path) !== text) throw refusal(owner, path)
  return folder.write(path, text)
}

/**
 * Puts a file in its place that is written already, such as what was downloaded.
 *
 * @throws {CliError} When another file is there that no pull wrote.
 */
export async function placeFile(owner: Owner, temporary: string, path: string): Promise<void> {
  const { folder } = owner
  if (isForeign(owner, path)) {
    const isSame = folder.size(path) !== undefined && (await digest(folder.resolve(path))) === (await digest(temporary))
    if (!isSame) throw refusal(owner, path)
  }
  folder.adopt(temporary, path)
}

function isForeign({ folder, manifest, options }: Owner, path: string): boolean {
  return !options.force && !manifest.owns(path) && folder.has(path)
}

function refusal({ folder }: Owner, path: string): CliError {
  return new CliError(`${folder.resolve(path)} was not written by a pull, and is left as it is.`, {
    hint: '--force replaces it; --out names another folder.',
  })
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
