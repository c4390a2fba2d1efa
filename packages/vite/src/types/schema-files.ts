import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { SchemaSource } from '@keyblok/core/schema'

/** The kinds of file that a schema is made of. */
const kinds = ['components', 'datasources'] as const

/**
 * Reads the schema that Storyblok's command line pulled: `components/<space id>/components.json` and
 * `datasources/<space id>/datasources.json`, or one file for each component and datasource.
 *
 * @param content - The folder that holds `components` and `datasources`, such as `.storyblok`; or the file of components.
 * @param spaceId - Which space, where the folder holds several.
 * @returns What `readSchema` takes, or `undefined` when nothing was pulled.
 * @throws {KeyblokError} `KB_SCHEMA_INVALID` when a file is not JSON, or several spaces leave the choice open.
 */
export function readSchemaFiles(content: string, spaceId?: string): SchemaSource | undefined {
  if (isFile(content)) return { components: [readJson(content)].flat() }
  const [components, datasources] = kinds.map((kind) => findFiles(join(content, kind), kind, spaceId))
  if (!components) return undefined
  return {
    components: readAll(components, 'schema'),
    ...(datasources && { datasources: readAll(datasources, 'slug') }),
  }
}

/** Finds the one file that holds all, else one file each. */
function findFiles(folder: string, kind: string, spaceId: string | undefined): string[] | undefined {
  if (!isFolder(folder)) return undefined
  const whole = join(folder, `${kind}.json`)
  if (existsSync(whole)) return [whole]
  const names = readdirSync(folder).toSorted()
  const spaces = names.filter((name) => /^\d+$/.test(name) && isFolder(join(folder, name)))
  if (spaces.length > 0) {
    const space = spaces.length === 1 ? spaces[0] : spaces.find((name) => name === spaceId)
    if (space !== undefined) return findFiles(join(folder, space), kind, spaceId)
    throw new KeyblokError('KB_SCHEMA_INVALID', `${folder} holds several spaces: ${spaces.join(', ')}.`, {
      hint: 'Set STORYBLOK_SPACE_ID to one of them, or name its folder.',
    })
  }
  const files = names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name))
  return files.length > 0 ? files : undefined
}

/** Beside components lie groups, presets and tags, in files of their own: they lack what tells a component. */
function readAll(files: readonly string[], mark: string): unknown[] {
  const items = files.flatMap((file) => readJson(file))
  return files.length === 1 ? items : items.filter((item) => typeof item === 'object' && item !== null && mark in item)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new KeyblokError('KB_SCHEMA_INVALID', `${file} is not JSON.`, { cause: error })
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
