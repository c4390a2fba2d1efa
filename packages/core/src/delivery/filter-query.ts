import { KeyblokError } from '../errors.js'

type Scalar = string | number | boolean
type Several<Item extends Scalar> = Item | readonly Item[]

/** What a content field is compared with. The names are those of Storyblok's API. */
export interface FilterOperators<Value extends Scalar = Scalar, Item extends string = string> {
  /** Equals one of the values. */
  in?: Several<Value>
  not_in?: Several<Value>
  /** Matches a pattern in which `*` stands for anything. */
  like?: string
  not_like?: string
  /** Holds any, or all, of the values in an array. */
  any_in_array?: Several<Item>
  all_in_array?: Several<Item>
  is?: 'empty' | 'not_empty' | 'empty_array' | 'not_empty_array' | 'null' | 'not_null' | 'true' | 'false'
  gt_int?: number
  lt_int?: number
  gt_float?: number
  lt_float?: number
  /** Later, or earlier, than a time; to the minute. */
  gt_date?: Date
  lt_date?: Date
}

/** What a field of this type is compared with: its own values where they are few. */
type OperatorsOf<Field> = string extends Field
  ? FilterOperators
  : NonNullable<Field> extends readonly (infer Item extends string)[]
    ? FilterOperators<Scalar, Item>
    : NonNullable<Field> extends Scalar
      ? FilterOperators<NonNullable<Field>>
      : FilterOperators

/** Conditions on content fields; a field of a nested value is named by its path, such as `seo.title`. */
export type FilterConditions<Fields = Record<string, unknown>> = {
  readonly [Name in keyof Fields & string]?: OperatorsOf<Fields[Name]>
} & {
  readonly [Name in keyof Fields & string as `${Name}.${string}`]?: FilterOperators
}

/** A filter where nothing is known of the fields. */
interface UntypedFilter {
  readonly __or?: readonly FilterConditions[]
  readonly [field: string]: FilterOperators | readonly FilterConditions[] | undefined
}

/**
 * A filter on the content of stories. All conditions must hold, and of `__or`, when it is there, at least one: each of
 * its alternatives is a single comparison, which is all that Storyblok defines.
 */
export type FilterQuery<Fields = Record<string, unknown>> = string extends keyof Fields
  ? UntypedFilter
  : FilterConditions<Fields> & { readonly __or?: readonly FilterConditions<Fields>[] }

const numeric = new Set(['gt_int', 'lt_int', 'gt_float', 'lt_float'])
const dated = new Set(['gt_date', 'lt_date'])
const listed = new Set(['in', 'not_in', 'any_in_array', 'all_in_array'])
const operators = new Set([...numeric, ...dated, ...listed, 'like', 'not_like', 'is'])

/**
 * Serializes a filter as Storyblok's `filter_query` parameters.
 *
 * @returns Parameters joined with `&`, encoded; empty when there is nothing to filter by.
 * @throws {KeyblokError} `KB_PARAMETER_INVALID` for a field, operator or value that the API does not define.
 */
export function serializeFilter({ __or: alternatives = [], ...conditions }: FilterQuery): string {
  const parts = alternatives.map((alternative) => {
    const [part, ...rest] = serializeConditions(alternative, '[__or][]')
    return part !== undefined && rest.length === 0 ? part : invalid('an alternative must be a single comparison')
  })
  return [...serializeConditions(conditions as FilterConditions, ''), ...parts].join('&')
}

function serializeConditions(conditions: FilterConditions, group: string): string[] {
  return Object.entries(conditions).flatMap(([field, comparisons]) => {
    if (!/^\w[\w-]*(\.\w[\w-]*)*$/.test(field)) invalid(`“${field}” is no content field`)
    return Object.entries(comparisons ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([operator, value]) => {
        if (!operators.has(operator)) invalid(`there is no operator “${operator}”`)
        return `filter_query${group}[${field}][${operator}]=${encodeURIComponent(serializeOperand(operator, value))}`
      })
  })
}

function serializeOperand(operator: string, value: unknown): string {
  if (numeric.has(operator) && typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (dated.has(operator) && value instanceof Date && !Number.isNaN(value.getTime())) return toMinute(value)
  if (listed.has(operator)) {
    const items = (Array.isArray(value) ? value : [value]).map(serializeItem)
    if (items.length > 0) return items.join(',')
  }
  if ((operator === 'like' || operator === 'not_like' || operator === 'is') && typeof value === 'string') return value
  return invalid(`“${operator}” cannot compare with ${value instanceof Date ? 'that time' : JSON.stringify(value)}`)
}

function serializeItem(item: unknown): string {
  if (typeof item === 'number' || typeof item === 'boolean') return String(item)
  if (typeof item === 'string' && !item.includes(',')) return item
  return invalid('an item of a list is no text without commas, number or boolean')
}

/** Writes a time as the API's filters take it, in UTC: `2026-01-31 08:00`. */
export function toMinute(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ')
}

function invalid(details: string): never {
  throw new KeyblokError('KB_PARAMETER_INVALID', `In a filter, ${details}.`)
}
