import { withRouting } from './slugs.js'
import { defineSpace } from './space.js'
import type { Routing, Space } from './space.js'

/**
 * Finds the space of a site among what a module exports: the one named `default`, else the first by the export's name;
 * else one that an exported source is of. Without any it is a space that is all defaults.
 *
 * @param exports - The module's exports, whatever they are.
 * @param routing - What the framework's configuration says of paths; the space's own words go first.
 */
export function findSpace(exports: Readonly<Record<string, unknown>>, routing: Routing): Space {
  const values = Object.values(exports)
  const sourceSpaces = values.map((value) => (value as { space?: unknown } | null | undefined)?.space)
  const spaces = [...values, ...sourceSpaces].filter(isSpace)
  return withRouting(spaces.find(({ name }) => name === 'default') ?? spaces[0] ?? defineSpace(), routing)
}

/** Tells whether something was made by {@link defineSpace}; by its form, since a site may load the function twice. */
function isSpace(value: unknown): value is Space {
  if (typeof value !== 'object' || value === null) return false
  const { name, envPrefix, home, resolveRelations } = value as Partial<Record<keyof Space, unknown>>
  return [name, envPrefix, home].every((text) => typeof text === 'string') && Array.isArray(resolveRelations)
}
