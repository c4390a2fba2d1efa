import options from 'virtual:keyblok/options'
import { site } from '../site.js'

/**
 * Tells whether pages of stories are to be prerendered, for the page option `prerender`: everywhere but on a staging site
 * that shows drafts to everyone, whose pages are rendered on demand, so that drafts and new slugs show at once. With a
 * path for previews it is `auto`, since the same routes are rendered on demand below it.
 *
 * @example
 * ```ts
 * import { prerenderStories } from '@keyblok/sveltekit/server'
 *
 * export const prerender = prerenderStories()
 * ```
 */
export function prerenderStories(): boolean | 'auto' {
  const { name, declared } = site.environment
  const isForEveryone = options.drafts === undefined ? declared : options.drafts === 'everyone'
  if (name === 'staging' && isForEveryone) return false
  // Below the preview's path the same routes are rendered on demand.
  return options.editor.prefix === undefined ? true : 'auto'
}
