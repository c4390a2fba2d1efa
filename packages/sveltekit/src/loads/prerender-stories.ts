import options from 'virtual:keyblok/options'
import { site } from '../site.js'

/**
 * Tells whether pages of stories are to be prerendered, for the page option `prerender`: everywhere but on a staging site
 * that shows drafts to everyone, whose pages are rendered on demand, so that drafts and new slugs show at once.
 *
 * @example
 * ```ts
 * import { prerenderStories } from '@keyblok/sveltekit/server'
 *
 * export const prerender = prerenderStories()
 * ```
 */
export function prerenderStories(): boolean {
  const { name, declared } = site.environment
  if (name !== 'staging') return true
  return options.drafts === undefined ? !declared : options.drafts !== 'everyone'
}
