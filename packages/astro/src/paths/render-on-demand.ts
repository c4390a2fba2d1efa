import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Tells whether a prerendered page can be rendered on demand as it stands, so that editors see drafts and new slugs: a
 * page with a `getStaticPaths` of its own may need the props that come with it, which are not there on demand.
 *
 * @param root - The project's folder.
 * @param file - The page's file, from there.
 */
export function canRenderOnDemand(root: string, file: string): boolean {
  if (!file.endsWith('.astro')) return false
  const code = readFileSync(join(root, file), 'utf8')
  return !/\bgetStaticPaths\b/.test(code) || /\bgetStaticPaths\s*=\s*(story|language)Paths\s*\(/.test(code)
}
