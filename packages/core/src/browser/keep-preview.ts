import { readEditorPage } from './editor-page.js'

/** What the editor shows; it goes along from page to page. */
const carried = ['_storyblok_release', '_storyblok_lang']
const marker = '_keyblok'

/** Takes the signature out of the address, which is a proof of an hour. */
export function cleanAddress(): void {
  const url = new URL(location.href)
  const proofs = [...url.searchParams.keys()].filter((name) => name.startsWith('_storyblok_tk'))
  for (const name of proofs) url.searchParams.delete(name)
  if (url.href !== location.href) history.replaceState(history.state, '', url)
}

/**
 * Keeps whoever follows a link or sends a form in the preview: caches know pages by their address, so a marker goes into
 * it. It is no secret, and gives no right.
 */
export function keepPreview(): void {
  document.addEventListener('click', markLink, true)
  document.addEventListener('submit', markForm, true)
}

function markLink(event: Event): void {
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
  if (!link?.href || link.origin !== location.origin || link.hasAttribute('download')) return
  const isHere = link.pathname === location.pathname && link.search === location.search
  if (!isHere || link.hash === '') link.href = previewUrl(link.href)
}

function markForm({ target, submitter }: SubmitEvent): void {
  const form = target as HTMLFormElement
  const own = submitter?.getAttribute('formaction')
  const action = new URL(own ?? form.getAttribute('action') ?? location.href, location.href)
  if (action.origin !== location.origin) return
  const marked = new URL(previewUrl(action.href))
  if (form.method !== 'get') {
    form.action = marked.href
    if (own) submitter?.setAttribute('formaction', marked.href)
    return
  }
  // A form that is sent by GET writes the query itself.
  for (const name of [marker, ...carried]) {
    const value = marked.searchParams.get(name)
    if (value === null || form.elements.namedItem(name)) continue
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  if (marked.pathname !== action.pathname) form.action = marked.pathname
}

/** Gives the address at which an editor sees a page of this site. */
export function previewUrl(address: string): string {
  const url = new URL(address, location.href)
  const { prefix = '', endpoint = '' } = readEditorPage() ?? {}
  // What answers the script is no page.
  if (url.pathname.startsWith(`${endpoint}/`)) return address
  // A site can lie below a base, before which no prefix stands.
  const base = endpoint.slice(0, -'/_keyblok'.length)
  const isIn = url.pathname === base + prefix || url.pathname.startsWith(`${base}${prefix}/`)
  if (prefix && !isIn) url.pathname = `${base}${prefix}${url.pathname.slice(base.length)}`
  url.searchParams.set(marker, '1')
  const here = new URLSearchParams(location.search)
  for (const name of carried) {
    const value = here.get(name)
    // Where nothing is chosen the editor says that in words.
    const isChosen = value && !/^(undefined|default|0)$/.test(value)
    if (isChosen && !url.searchParams.has(name)) url.searchParams.set(name, value)
  }
  return url.href
}
