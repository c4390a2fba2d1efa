import { allOf, not, startsWith, uuidCondition } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import { contentPath, dateValue, filterCondition, likePattern } from './filter-query.js'
import type { Language } from './language.js'
import { listParameter } from './parameters.js'

/** Reads the filters of the list endpoint into one condition. */
export function storyCondition(query: URLSearchParams, language: Language): Condition {
  const conditions = Object.entries(filters)
    .map(([name, filter]) => {
      const items = listParameter(query, name)
      return items && filter(query.get(name) ?? '', items)
    })
    .filter((condition) => condition !== undefined)
  return allOf([...conditions, filterCondition(query, language)])
}

/** The times that the list endpoint filters by. */
const dateFields = ['published_at', 'first_published_at', 'updated_at'] as const

type Filter = (value: string, items: readonly string[]) => Condition

const filters: Record<string, Filter> = {
  starts_with: startsWith,
  content_type: (value) => ({ sql: 'v.component = ?', values: [value] }),
  by_slugs: (_, items) => slugs(items),
  excluding_slugs: (_, items) => not(slugs(items)),
  by_uuids: (_, items) => uuidCondition(items),
  by_uuids_ordered: (_, items) => uuidCondition(items),
  by_ids: (_, items) => ids(items),
  excluding_ids: (_, items) => not(ids(items)),
  is_startpage: (value) => ({ sql: 's.is_startpage = ?', values: [value === '1' || value === 'true' ? 1 : 0] }),
  with_tag: (_, items) => ({
    sql: 'EXISTS (SELECT 1 FROM json_each(s.tag_list) WHERE value IN (SELECT value FROM json_each(?)))',
    values: [JSON.stringify(items)],
  }),
  // A page in the root has no slash; a folder's start page belongs to no level.
  level: (value) => ({
    sql: "s.is_startpage = 0 AND length(s.full_slug) - length(replace(s.full_slug, '/', '')) + 1 = ?",
    values: [Number(value)],
  }),
  search_term: searchCondition,
  in_workflow_stages: (_, items) => ({
    sql: 's.workflow_stage_id IN (SELECT value FROM json_each(?))',
    values: [JSON.stringify(items.map(Number))],
  }),
  // A local space runs no experiments, so that no story is a variant of another.
  only_variants: (value) => ({ sql: value === 'true' ? 'FALSE' : 'TRUE', values: [] }),
  ...dateFilters(),
}

function dateFilters(): Record<string, Filter> {
  const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' }
  const filters = dateFields.flatMap((field) =>
    Object.entries(operators).map(([name, operator]): [string, Filter] => [
      `${field}_${name}`,
      (value) => ({ sql: `julianday(s.${field}) ${operator} julianday(?)`, values: [dateValue(value)] }),
    ]),
  )
  return Object.fromEntries(filters)
}

/** Looks for text in a story's name, slug and content; ids and component names are no content. */
function searchCondition(value: string): Condition {
  const pattern = containing(value)
  return {
    sql: `s.name LIKE ? ESCAPE '\\' OR s.full_slug LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM json_tree(v.content)
      WHERE type = 'text' AND key NOT IN ('_uid', 'component') AND atom LIKE ? ESCAPE '\\')`,
    values: [pattern, pattern, pattern],
  }
}

/** Writes text as a pattern of SQL's LIKE that holds for whatever contains it, with `\` as the escape. */
function containing(value: string): string {
  return `%${value.trim().replace(/[\\%_]/g, '\\$&')}%`
}

/** Matches slugs in which `*` stands for anything. */
function slugs(items: readonly string[]): Condition {
  const patterns = items.map(likePattern)
  return {
    sql: "EXISTS (SELECT 1 FROM json_each(?) WHERE s.full_slug LIKE value ESCAPE '\\')",
    values: [JSON.stringify(patterns)],
  }
}

function ids(items: readonly string[]): Condition {
  return { sql: 's.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(items.map(Number))] }
}

/** Far more than anybody sorts by, and far less than SQLite takes. */
const mostSortTerms = 50

const sortable = new Set([
  'id',
  'uuid',
  'name',
  'slug',
  'full_slug',
  'position',
  'created_at',
  'updated_at',
  'published_at',
  'first_published_at',
  'sort_by_date',
])

/** Reads `sort_by` (or the order of `by_uuids_ordered`); unknown properties do not sort. */
export function storyOrder(query: URLSearchParams): Condition {
  const ordered = listParameter(query, 'by_uuids_ordered')
  if (ordered) {
    return { sql: '(SELECT key FROM json_each(?) WHERE value = s.uuid)', values: [JSON.stringify(ordered)] }
  }
  const terms = (listParameter(query, 'sort_by') ?? [])
    .slice(0, mostSortTerms)
    .map(sortTerm)
    .filter((term) => term !== undefined)
  if (terms.length === 0 && query.get('search_term')) terms.push(relevance(query.get('search_term') ?? ''))
  return {
    sql: [...terms.map(({ sql }) => sql), 's.position', 's.id'].join(', '),
    values: terms.flatMap(({ values }) => values),
  }
}

/** Puts stories first whose full slug has the text, then those whose name has it. */
function relevance(value: string): Condition {
  const pattern = containing(value)
  return {
    sql: "s.full_slug LIKE ? ESCAPE '\\' DESC, s.name LIKE ? ESCAPE '\\' DESC",
    values: [pattern, pattern],
  }
}

function sortTerm(text: string): Condition | undefined {
  const [property = '', ...modifiers] = text.split(':')
  const direction = modifiers.includes('desc') ? 'DESC' : 'ASC'
  const nulls = modifiers.includes('nulls_first') ? 'FIRST' : 'LAST'
  const suffix = `${direction} NULLS ${nulls}`
  if (sortable.has(property)) return { sql: `s.${property} ${suffix}`, values: [] }
  if (!property.startsWith('content.')) return undefined

  const type = modifiers.includes('int') ? 'INTEGER' : modifiers.includes('float') ? 'REAL' : 'TEXT'
  return {
    sql: `CAST(json_extract(v.content, ?) AS ${type}) ${suffix}`,
    values: [contentPath(property.slice('content.'.length))],
  }
}
