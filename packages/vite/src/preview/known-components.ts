import { readSchema } from '@keyblok/core/schema'
import { readSchemaFiles } from '../types/schema-files.js'

/**
 * Gives the names of a space's components, as Storyblok's command line pulled them; nothing where none were pulled, or where
 * they cannot be read, which the writing of types tells.
 *
 * @param content - The folder into which it pulls.
 */
export function knownComponents(content: string): string[] | undefined {
  try {
    const source = readSchemaFiles(content, process.env['STORYBLOK_SPACE_ID'])
    return source && readSchema(source).components.map(({ name }) => name)
  } catch {
    return undefined
  }
}
