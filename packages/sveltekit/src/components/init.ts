import { loadBloks } from './lazy-bloks.svelte.js'

/**
 * Loads the components of the page that are imported late, before SvelteKit takes over what the server wrote. Export it
 * from `src/hooks.client.ts` where the map of components has lazy ones.
 *
 * @example
 * ```ts
 * // src/hooks.client.ts
 * export { init } from '@keyblok/sveltekit/components'
 * ```
 */
export async function init(): Promise<void> {
  const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT)
  const names = new Set<string>()
  while (comments.nextNode()) {
    const name = /^blok:(.+)$/.exec(comments.currentNode.nodeValue ?? '')?.[1]
    if (name !== undefined) names.add(name)
  }
  await loadBloks(names)
}
