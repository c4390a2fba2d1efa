import { KeyblokError } from '../errors.js'

/** What a read of several stories may ask for. */
export interface StoriesQuery {
  /** A prefix of the full slug. */
  startsWith?: string
  /** The root component's name. */
  contentType?: string
  /** Full slugs; `*` stands for anything. */
  bySlugs?: readonly string[]
  excludingSlugs?: readonly string[]
  byUuids?: readonly string[]
  isStartpage?: boolean
  /** A property or content field with a direction, such as `first_published_at:desc`. */
  sortBy?: string
  /** The page, from 1. */
  page?: number
  /** Stories a page, 1 to 100. */
  perPage?: number
  /** Relations to deliver beside the stories, such as `article.author`. */
  resolveRelations?: readonly string[]
}

/** What a read of one story may ask for. */
export type StoryQuery = Pick<StoriesQuery, 'resolveRelations'>

/** What a read of links may ask for. */
export type LinksQuery = Pick<StoriesQuery, 'startsWith' | 'page' | 'perPage'>

/** The allow-list: the options a caller may give, and the parameters of Storyblok's API that they become. */
const parameterNames: Record<keyof StoriesQuery, string> = {
  startsWith: 'starts_with',
  contentType: 'content_type',
  bySlugs: 'by_slugs',
  excludingSlugs: 'excluding_slugs',
  byUuids: 'by_uuids',
  isStartpage: 'is_startpage',
  sortBy: 'sort_by',
  page: 'page',
  perPage: 'per_page',
  resolveRelations: 'resolve_relations',
}

/**
 * Turns options into parameters. What is not on the allow-list, such as a version or a token, is refused.
 *
 * @throws {KeyblokError} `KB_PARAMETER_INVALID`.
 */
export function serializeQuery(query: StoriesQuery): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [option, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (!Object.hasOwn(parameterNames, option)) {
      throw new KeyblokError('KB_PARAMETER_INVALID', `There is no option “${option}”.`)
    }
    const text = serializeValue(option, value)
    if (text !== '') parameters.set(parameterNames[option as keyof StoriesQuery], text)
  }
  // Without it Storyblok leaves second-level relations out once the first level is large.
  if (parameters.has('resolve_relations')) parameters.set('resolve_level', '2')
  return parameters
}

function serializeValue(option: string, value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => serializeValue(option, item))
    if (items.some((item) => item.includes(','))) {
      throw new KeyblokError('KB_PARAMETER_INVALID', `An item of “${option}” holds a comma, which separates items.`)
    }
    return items.join(',')
  }
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value)
  throw new KeyblokError('KB_PARAMETER_INVALID', `The option “${option}” is ${JSON.stringify(value)}.`)
}
