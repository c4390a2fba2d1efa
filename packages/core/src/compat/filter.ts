import type { FilterQuery } from '../delivery/filter-query.js'
import { toTime } from './to-time.js'

type Tree = Readonly<Record<string, unknown>>

/**
 * Makes a filter as code for Storyblok's own client writes it into the core's: there, numbers and times may be text. What
 * neither knows stays, and is refused when it is sent.
 */
export function toFilterQuery(filter: unknown): FilterQuery {
  return mapEntries(filter, (field, value) =>
    field === '__or' ? alternativesOf(value) : mapEntries(value, convert),
  ) as FilterQuery
}

/** Alternatives may be an array, or an object with a number for each. */
function alternativesOf(value: unknown): unknown {
  const alternatives = Array.isArray(value) ? value : Object.values((value ?? {}) as Tree)
  return alternatives.map((alternative) => mapEntries(alternative, (_field, inner) => mapEntries(inner, convert)))
}

function convert(operator: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (operator.endsWith('_int') || operator.endsWith('_float')) return Number(value)
  if (operator.endsWith('_date')) return toTime(value)
  return operator === 'in' || operator.endsWith('_in') || operator.endsWith('_in_array') ? value.split(',') : value
}

function mapEntries(value: unknown, map: (name: string, value: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, map(name, inner)]))
}
