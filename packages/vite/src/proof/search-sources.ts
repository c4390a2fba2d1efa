import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Finding } from '../scan/finding.js'
import { describeModulePlace, findFirst, placeInSource } from './module-place.js'
import type { ModulePlace, SourceLookup } from './module-place.js'
import type { Place } from './place.js'

/** What is larger was not written by hand. In bytes. */
const largestSource = 1 << 20

/** What is larger is no code. In bytes. */
const largestBundle = 64 << 20

/** How tools call the folders that they write. */
const written = new Set(['node_modules', 'build', 'dist', 'out', 'coverage'])

/** How much around a secret tells which source it is from, in bytes. */
const context = 64

/**
 * Finds the places in a project’s own files that a secret in its server’s code is from: of those that hold it, the ones
 * that have the same around it.
 *
 * @param root - The project’s folder. Packages, hidden folders and what was built are no sources.
 * @param outputs - The folders that were built.
 */
export function searchSources(
  root: string,
  outputs: readonly string[],
  { finding, file: bundle }: Pick<Place, 'finding' | 'file'>,
  lookup: SourceLookup,
): ModulePlace[] {
  if (statSync(bundle).size > largestBundle) return []
  const built = readFileSync(bundle)
  const { label, looksLike } = finding
  const candidates = listSources(root, new Set(outputs.map((path) => resolve(path)))).flatMap((file) => {
    const source = readFileSync(file)
    const place = placeInSource(relative(root, file), source, finding, lookup)
    return place ? [{ place, source, literal: findFirst(source, label, lookup.search) }] : []
  })
  // Where several read the variable, any of them could be the one.
  if (candidates.length > 1 && candidates.every(({ literal }) => literal === undefined)) return []
  const isSame = (found: Finding): boolean => found.label === label && found.looksLike === looksLike
  const places = lookup.search
    .find(built)
    .filter(isSame)
    .flatMap((found) => {
      // A literal says more than the name of a variable.
      const likeness = ({ source, literal }: (typeof candidates)[number]): number =>
        literal ? 1 + commonAround(built, found, source, literal) : 0
      return candidates.toSorted((a, b) => likeness(b) - likeness(a))[0]?.place ?? []
    })
  return [...new Set(places)]
}

/** How many places are told where any of them could be the one. */
const mostPlaces = 3

/**
 * Lists the places in a project’s own files that hold a secret, or read its variable where none does.
 *
 * @param route - What answered with the secret: a file of that name is likely to be the one.
 */
export function sourcesOf(root: string, label: string, route: string, lookup: SourceLookup): string[] {
  const places = listSources(root, new Set()).flatMap((file) => {
    const place = placeInSource(relative(root, file), readFileSync(file), { label }, lookup)
    return place ? [place] : []
  })
  const literals = places.filter(({ reads }) => reads === undefined)
  const isLikely = ({ module }: ModulePlace): boolean =>
    module.split('/').some((part) => route.split(/[/?.]/).includes(part.split('.')[0] ?? ''))
  return (literals.length > 0 ? literals : places)
    .toSorted((a, b) => Number(isLikely(b)) - Number(isLikely(a)))
    .slice(0, mostPlaces)
    .map(describeModulePlace)
}

function listSources(folder: string, outputs: ReadonlySet<string>): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || written.has(entry.name) || outputs.has(path)) return []
    if (entry.isDirectory()) return listSources(path, outputs)
    return entry.isFile() && statSync(path).size <= largestSource ? [path] : []
  })
}

interface Stretch {
  index: number
  length: number
}

/** Counts the bytes before and after two places that are the same. */
function commonAround(a: Buffer, inA: Stretch, b: Buffer, inB: Stretch): number {
  let before = 0
  while (before < context && inA.index > before && a[inA.index - before - 1] === b[inB.index - before - 1]) before++
  let after = 0
  const [endA, endB] = [inA.index + inA.length, inB.index + inB.length]
  while (after < context && endA + after < a.length && a[endA + after] === b[endB + after]) after++
  return before + after
}
