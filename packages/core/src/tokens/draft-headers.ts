/** The headers of a response that shows drafts: no cache keeps it, no search engine lists it, no other site learns its URL. */
export const draftHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, no-store',
  'CDN-Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'Referrer-Policy': 'same-origin',
}
