import type { FilterConditions, FilterQuery } from '../delivery/filter-query.js'
import { KeyblokError } from '../errors.js'
import type { StorySource } from './source.js'
import { trimSlashes } from './trim-slashes.js'

/** What to ask for of a source. */
export interface Narrowing {
  /** A folder below the source's. */
  startsWith?: string
  /** Further conditions on content fields. */
  filterQuery?: FilterQuery
  /** Another order. */
  sortBy?: string | readonly string[]
}

/**
 * Makes a source of fewer stories. Whatever is asked, none comes that the source has not: where both compare the same
 * field in the same way, the source's word counts.
 *
 * @throws {KeyblokError} `KB_PARAMETER_INVALID` when both have alternatives, of which Storyblok takes one group.
 */
export function narrowStories<Source extends StorySource>(
  source: Source,
  { startsWith, filterQuery, sortBy }: Narrowing,
): Source {
  const folder = startsWith === undefined ? '' : trimSlashes(startsWith)
  if (folder === '' && filterQuery === undefined && sortBy === undefined) return source
  return {
    ...source,
    ...(folder !== '' && { startsWith: `${source.startsWith}${folder}/` }),
    ...(filterQuery && { filterQuery: bothFilters(source.filterQuery, filterQuery) }),
    ...(sortBy !== undefined && { sortBy }),
  }
}

function bothFilters(own: FilterQuery = {}, asked: FilterQuery): FilterQuery {
  if (own.__or && asked.__or) {
    throw new KeyblokError(
      'KB_PARAMETER_INVALID',
      'The source has alternatives of its own, and Storyblok takes one group.',
    )
  }
  const { __or: alternatives = own.__or, ...conditions } = asked
  const both: Record<string, unknown> = { ...conditions, ...(alternatives && { __or: alternatives }) }
  for (const [field, comparisons] of Object.entries(own as FilterConditions)) {
    if (field !== '__or') both[field] = { ...(conditions as FilterConditions)[field], ...comparisons }
  }
  return both as FilterQuery
}
