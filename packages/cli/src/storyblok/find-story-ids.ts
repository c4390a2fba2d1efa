import type { Management } from '@keyblok/core/management'
import { CliError } from '../command/cli-error.js'

/**
 * Finds the ids of stories and folders that somebody names.
 *
 * @param names - Ids, or full slugs; a slash at the end changes nothing.
 * @throws {CliError} Naming the slugs that are not there.
 */
export async function findStoryIds(management: Management, space: string, names: readonly string[]): Promise<number[]> {
  const slugs = names.filter((name) => !/^\d+$/.test(name)).map((name) => name.replace(/^\/+|\/+$/g, ''))
  const found = new Map<string, number>()
  if (slugs.length > 0) {
    const query = new URLSearchParams({ by_slugs: slugs.join(',') })
    const stories = await management.all({ path: `${space}/stories?${query}`, field: 'stories', scope: 'stories:read' })
    for (const { full_slug: slug, id } of stories) found.set(String(slug).replace(/\/+$/, ''), Number(id))
  }
  const missing = slugs.filter((slug) => !found.has(slug))
  if (missing.length > 0) throw new CliError(`The space has no story or folder ${missing.join(', ')}.`)
  return names.map((name) => found.get(name.replace(/^\/+|\/+$/g, '')) ?? Number(name))
}
