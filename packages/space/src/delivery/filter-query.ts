import type { SQLInputValue } from 'node:sqlite'
import { unprocessable } from '../answer.js'
import { allOf, anyOf } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import type { Language } from './language.js'

const plain = /^filter_query\[([^[\]]+)\]\[([^[\]]+)\]$/
const alternative = /^filter_query\[__or\]\[\d*\]\[([^[\]]+)\]\[([^[\]]+)\]$/

/** More than anybody asks for, and few enough for the database. */
const mostFilters = 100

/**
 * Reads `filter_query[field][operator]=value`. Conditions are joined with AND; those under `filter_query[__or][]` are
 * alternatives, at least one of which has to hold beside the others.
 *
 * @throws {WireError} With status 422 for what is no filter, an unknown operator or a malformed value.
 */
export function filterCondition(query: URLSearchParams, language: Language): Condition {
  const required: Condition[] = []
  const alternatives: Condition[] = []
  for (const [name, value] of query) {
    if (!name.startsWith('filter_query')) continue
    const parts = alternative.exec(name) ?? plain.exec(name)
    const [field, operator] = parts?.slice(1) ?? []
    if (field === undefined || operator === undefined || field === '__or')
      throw unprocessable(`${name} is not a filter`)
    if (required.length + alternatives.length >= mostFilters)
      throw unprocessable(`There are more than ${mostFilters} filters`)
    const conditions = name.startsWith('filter_query[__or]') ? alternatives : required
    conditions.push(fieldCondition(field, operator, value, language))
  }
  return allOf(alternatives.length > 0 ? [...required, anyOf(alternatives)] : required)
}

/** Gives an operator's test the field as JSON (`node`), its JSON type (`type`) and its value as text (`text`). */
function fieldCondition(field: string, operator: string, value: string, language: Language): Condition {
  const build = Object.hasOwn(operators, operator) ? operators[operator] : undefined
  if (!build) throw unprocessable(`The filter operator ${operator} is not known`)
  const test = build(value)
  const paths = [...language.suffixes.map((suffix) => field + suffix), field].map(contentPath)
  const node = `coalesce(${paths.map(() => "nullif(v.content -> ?, 'null')").join(', ')}, v.content -> ?)`
  return {
    sql: `EXISTS (
      SELECT 1 FROM (
        SELECT node, json_type(node) AS type,
          CASE WHEN node IN ('true', 'false') THEN node ELSE CAST(node ->> '$' AS TEXT) END AS text
        FROM (SELECT ${node} AS node)
      ) WHERE ${test.sql})`,
    values: [...paths, contentPath(field), ...test.values],
  }
}

/** Writes a dotted path as a JSON path of SQLite; numbers are positions in arrays. */
export function contentPath(field: string): string {
  const steps = field.split('.').map((key) => (/^\d{1,9}$/.test(key) ? `[${key}]` : `.${JSON.stringify(key)}`))
  return `$${steps.join('')}`
}

type Operator = (value: string) => Condition

const test = (sql: string, ...values: SQLInputValue[]): Condition => ({ sql, values })

const items = (value: string): string => JSON.stringify(value.split(',').map((item) => item.trim()))

const operators: Record<string, Operator> = {
  in: (value) => test('text IN (SELECT value FROM json_each(?))', items(value)),
  not_in: (value) => test('text IS NULL OR text NOT IN (SELECT value FROM json_each(?))', items(value)),
  like: (value) => test("text LIKE ? ESCAPE '\\'", likePattern(value)),
  not_like: (value) => test("text IS NULL OR text NOT LIKE ? ESCAPE '\\'", likePattern(value)),
  any_in_array: anyInArray,
  in_array: anyInArray,
  all_in_array: (value) =>
    test(
      `type = 'array' AND NOT EXISTS (SELECT 1 FROM json_each(?) AS wanted
         WHERE wanted.value NOT IN (SELECT CAST(item.value AS TEXT) FROM json_each(node) AS item))`,
      items(value),
    ),
  exists: (value) => test(['false', '0'].includes(value) ? 'node IS NULL' : 'node IS NOT NULL'),
  is: (value) => {
    const sql = Object.hasOwn(states, value) ? states[value] : undefined
    if (sql === undefined) throw unprocessable(`The filter operator is does not know ${value}`)
    return test(sql)
  },
  gt_int: (value) => number('INTEGER', '>', value),
  lt_int: (value) => number('INTEGER', '<', value),
  gt_float: (value) => number('REAL', '>', value),
  lt_float: (value) => number('REAL', '<', value),
  gt_date: (value) => test('julianday(text) > julianday(?)', dateValue(value)),
  lt_date: (value) => test('julianday(text) < julianday(?)', dateValue(value)),
}

const states: Record<string, string> = {
  empty: `node IS NULL OR node IN ('null', '""')`,
  not_empty: `node IS NOT NULL AND node NOT IN ('null', '""')`,
  empty_array: "node = '[]'",
  not_empty_array: "type = 'array' AND node <> '[]'",
  null: "node IS NULL OR node = 'null'",
  not_null: "node <> 'null'",
  true: "text = 'true'",
  false: "text = 'false'",
}

function anyInArray(value: string): Condition {
  return test(
    `type = 'array' AND EXISTS (SELECT 1 FROM json_each(node) AS item
       WHERE CAST(item.value AS TEXT) IN (SELECT value FROM json_each(?)))`,
    items(value),
  )
}

/** Compares numbers, which may be stored as strings; what holds no digit is none. */
function number(type: 'INTEGER' | 'REAL', operator: '<' | '>', value: string): Condition {
  const wanted = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(wanted)) throw unprocessable(`${value} is not a number`)
  return test(`text GLOB '*[0-9]*' AND type <> 'array' AND CAST(text AS ${type}) ${operator} ?`, wanted)
}

/**
 * Reads a time such as `2026-01-31 08:00`, or an ISO 8601 one.
 *
 * @throws {WireError} With status 422 when it is neither.
 */
export function dateValue(value: string): string {
  const text = value.trim()
  const isDate = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
  if (!isDate || Number.isNaN(Date.parse(text))) throw unprocessable(`${value} is not a date such as 2026-01-31 08:00`)
  return text
}

/** Writes a pattern in which `*` stands for anything as one for SQL's LIKE with `\` as its escape. */
export function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%')
}
