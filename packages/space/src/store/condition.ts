import type { SQLInputValue } from 'node:sqlite'

/** A `WHERE` or `ORDER BY` clause with its values, in the order of its question marks. */
export interface Condition {
  sql: string
  values: readonly SQLInputValue[]
}

/** Holds when every condition holds; without any it always does. */
export function allOf(conditions: readonly Condition[]): Condition {
  return join(conditions, ' AND ', 'TRUE')
}

/** Holds when at least one condition holds. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return join(conditions, ' OR ', 'FALSE')
}

/** Holds when the condition does not. */
export function not({ sql, values }: Condition): Condition {
  return { sql: `NOT (${sql})`, values }
}

/** Matches the beginning of full slugs, as plain text. SQLite counts characters, so they are counted here as well. */
export function startsWith(text: string): Condition {
  return { sql: 'substr(s.full_slug, 1, ?) = ?', values: [[...text].length, text] }
}

/** Matches any of the UUIDs, however many, in one parameter. */
export function uuidCondition(uuids: readonly string[]): Condition {
  return { sql: 's.uuid IN (SELECT value FROM json_each(?))', values: [JSON.stringify(uuids)] }
}

function join(conditions: readonly Condition[], operator: string, empty: string): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(operator) || empty,
    values: conditions.flatMap(({ values }) => values),
  }
}
