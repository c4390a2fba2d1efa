import { blokDataFunction } from '@keyblok/core/server'
import type { BlokDataFunctions } from '@keyblok/core'

const found = new WeakMap<object, readonly object[]>()

/**
 * Finds the bloks of a story whose components have functions of blok data, in rich text and in related stories too.
 *
 * @param story - A story, which nobody changes.
 */
export function findDataBloks(functions: BlokDataFunctions, story: object): readonly object[] {
  const known = found.get(story)
  if (known) return known
  const bloks = new Set<object>()
  const seen = new Set<object>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    // A related story can stand in many places.
    seen.add(value)
    if (blokDataFunction(functions, value)) bloks.add(value)
    for (const inner of Object.values(value)) visit(inner)
  }
  if (Object.keys(functions).length > 0) visit(story)
  const list = [...bloks]
  found.set(story, list)
  return list
}
