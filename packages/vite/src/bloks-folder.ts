import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readSchema } from '@keyblok/core/schema'
import { readSchemaFiles } from './types/schema-files.js'

/**
 * Writes a module whose default export maps components' names to the files of a folder. A file is named as its component,
 * in any case: `ArticleCard`, `article-card` and `article_card` are one name.
 *
 * @param folder - The folder, absolute.
 * @param extension - How the framework's components end.
 * @param content - Where Storyblok's command line pulls, to know the components' own names.
 * @returns The module, and the components of the space that have no file; none where nothing was pulled.
 */
export function importFolder(folder: string, extension: string, content: string): { code: string; missing: string[] } {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .toSorted()
  const names = files.map((file) => plain(file.slice(0, -extension.length)))
  const source = readSchemaFiles(content, process.env['STORYBLOK_SPACE_ID'])
  const components = source ? readSchema(source).components.map(({ name }) => name) : undefined

  const imports = files.map((file, index) => {
    const path = JSON.stringify(join(folder, file).replaceAll('\\', '/'))
    return `import blok${index} from ${path}`
  })
  const entries = components
    ? components.map((name) => [name, names.indexOf(plain(name))] as const)
    : files.flatMap((file, index) => spellings(file.slice(0, -extension.length)).map((name) => [name, index] as const))
  const found = entries.filter(([, index]) => index !== -1)
  const map = found.map(([name, index]) => `  ${JSON.stringify(name)}: blok${index},`)
  return {
    code: [...imports, 'export default {', ...map, '}'].join('\n'),
    missing: entries.filter(([, index]) => index === -1).map(([name]) => name),
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The names that a component may have whose file is called so. */
function spellings(file: string): string[] {
  const words = file
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  const camel = words.map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
  return [...new Set([file, words.join('_'), words.join('-'), camel.join('')])]
}
