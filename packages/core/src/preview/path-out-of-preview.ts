import type { EditorParts } from './editor-page.js'

/** Gives the path of the page that visitors see, for one below the preview's path; nothing for any other. */
export function pathOutOfPreview(
  { pathname, search }: Pick<URL, 'pathname' | 'search'>,
  { endpoint, prefix }: EditorParts,
): string | undefined {
  if (!prefix) return undefined
  const base = endpoint.slice(0, endpoint.lastIndexOf('/'))
  const folder = base + prefix
  if (pathname !== folder && !pathname.startsWith(`${folder}/`)) return undefined
  // Two slashes would begin another host, and to browsers a backslash is one.
  const path = pathname.slice(folder.length).replace(/^[/\\]+/, '')
  return `${base}/${path}${search}`
}
