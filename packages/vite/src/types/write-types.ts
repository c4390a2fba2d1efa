import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generateTypes, readSchema } from '@keyblok/core/schema'
import type { GenerateOptions, SchemaSource } from '@keyblok/core/schema'

export interface WriteTypesOptions extends GenerateOptions {
  source: SchemaSource
  /** The file to write, absolute. */
  out: string
  /** Leaves the file as it is, and only tells whether it would change. */
  check?: boolean
}

/**
 * Writes the types of a space, if they changed: a watcher that sees the file stays quiet otherwise.
 *
 * @returns Whether the file changed, or would have.
 * @throws {KeyblokError} `KB_SCHEMA_INVALID`.
 */
export function writeTypes({ source, out, check = false, ...options }: WriteTypesOptions): boolean {
  const text = generateTypes(readSchema(source), options)
  if (existsSync(out) && readFileSync(out, 'utf8') === text) return false
  if (check) return true
  mkdirSync(dirname(out), { recursive: true })
  // Whole or not at all: an editor's language service reads it at any moment.
  const draft = `${out}.${process.pid}.tmp`
  writeFileSync(draft, text)
  renameSync(draft, out)
  return true
}
