import type { Condition } from '../store/store.js'

/** Holds when every condition holds; without any it always does. */
export function allOf(conditions: readonly Condition[]): Condition {
  return join(conditions, ' AND ', 'TRUE')
}

/** Holds when at least one condition holds. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return join(conditions, ' OR ', 'FALSE')
}

function join(conditions: readonly Condition[], operator: string, empty: string): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(operator) || empty,
    values: conditions.flatMap(({ values }) => values),
  }
}
