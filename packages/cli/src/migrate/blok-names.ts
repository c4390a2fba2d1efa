import { resolve } from 'node:path'
import { readSchema } from '@keyblok/core/schema'
import { readSchemaFiles } from '@keyblok/vite/files'
import type { ProjectDraft } from './project-draft.js'

/** Finds the name that the space has for a component, by the name of its file; one that was never pulled is guessed. */
export function blokNames(draft: ProjectDraft): (file: string) => { name: string; isGuess: boolean } {
  const source = readSchemaFiles(resolve(draft.folder, '.storyblok'))
  const known = new Map((source ? readSchema(source).components : []).map(({ name }) => [plain(name), name]))
  return (file) => {
    const found = known.get(plain(file))
    const guess = snakeCase(file)
    return { name: found ?? guess, isGuess: found === undefined && guess.includes('_') }
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .toLowerCase()
}
