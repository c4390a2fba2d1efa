import options from 'virtual:keyblok/options'

const { endpoint, prefix } = options.editor
const base = endpoint.slice(0, endpoint.lastIndexOf('/'))

/** Gives the path of the page that visitors see, for one below the preview's path; nothing for any other. */
export function pathOutOfPreview({ pathname, search }: URL): string | undefined {
  if (!prefix) return undefined
  const folder = base + prefix
  if (pathname !== folder && !pathname.startsWith(`${folder}/`)) return undefined
  // Two slashes would begin another host.
  const path = pathname.slice(folder.length).replace(/^\/+/, '')
  return `${base}/${path}${search}`
}
