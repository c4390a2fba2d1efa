import { posix } from 'node:path'
import { blokNames } from '../blok-names.js'
import type { ProjectDraft } from '../project-draft.js'
import type { MappedBlok } from '../write-bloks-map.js'
import type { ConfiguredComponents } from './migrate-config.js'

/** Finds the components of bloks: those that the configuration named, and those in the folder that was searched. */
export function findBloks(draft: ProjectDraft, { map, directory }: ConfiguredComponents): MappedBlok[] {
  const root = directory.replace(/^\.?\//, '').replace(/\/$/, '')
  const configured = [...map].map(([name, path]) => ({
    name,
    from: posix.join(root, `${path.replace(/\.astro$/, '')}.astro`),
  }))
  const known = new Set(configured.map(({ from }) => from))
  const nameOf = blokNames(draft)
  const found = draft
    .sources()
    .filter((file) => file.startsWith(`${root}/storyblok/`) && file.endsWith('.astro') && !known.has(file))
    .map((from) => ({ from, ...nameOf(posix.basename(from, '.astro')) }))
  for (const { from, name, isGuess } of found) if (isGuess) leaveGuess(draft, from, name)
  return [...configured, ...found.map(({ from, name }) => ({ from, name }))]
}

function leaveGuess(draft: ProjectDraft, file: string, name: string): void {
  draft.leave(file, 0, {
    what: `It is taken for the component of the blok “${name}”.`,
    hint: 'Correct the name in the map of bloks where the space has another.',
    needed: false,
  })
}
