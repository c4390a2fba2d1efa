import type { SiteAnswer } from '../ask.js'

/** What Keyblok puts into editors’ pages only. */
const editorPage = 'id="keyblok-page"'

/** What marks bloks for the editor. */
const marks = /<!--#storyblok#|\bdata-blok-(?:c|uid)=/

/** Whether a page was made for an editor. */
export function isEditorsPage({ body }: SiteAnswer): boolean {
  return body.includes(editorPage)
}

/** Names what a visitor’s page has that is an editor’s. */
export function editorParts(answer: SiteAnswer): string[] {
  return [
    ...(isEditorsPage(answer) ? ['the editor’s script'] : []),
    ...(marks.test(answer.body.toString()) ? ['marks of bloks'] : []),
    ...(answer.cookies.some((cookie) => cookie.startsWith('__Host-keyblok-')) ? ['a session’s cookie'] : []),
  ]
}

/** Whether an answer says of itself that it shows drafts. */
export function saysDraft({ headers }: SiteAnswer): boolean {
  const isPrivate = /no-store/.test(headers.get('cache-control') ?? '')
  return isPrivate && /noindex/.test(headers.get('x-robots-tag') ?? '')
}

/** Tells that a cache gave an answer, in the words of its header; `undefined` where none did. */
export function cacheHit({ headers }: SiteAnswer): string | undefined {
  const age = headers.get('age')
  if (age !== null && Number(age) > 0) return `age: ${age}`
  const name = ['x-cache', 'cf-cache-status', 'x-vercel-cache', 'x-nf-cache', 'cache-status', 'x-proxy-cache'].find(
    (header) => /\bhit\b/i.test(headers.get(header) ?? ''),
  )
  return name === undefined ? undefined : `${name}: ${headers.get(name)?.slice(0, 60)}`
}
