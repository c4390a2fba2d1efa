import type { Catalogue } from './entry.js'

export type PageFindingId =
  | 'page-unreachable'
  | 'token-in-page'
  | 'visitor-drafts'
  | 'visitor-editor-parts'
  | 'visitor-cache-long'
  | 'visitor-no-store'
  | 'signature-not-recognised'
  | 'frame-refused'
  | 'draft-cacheable'
  | 'draft-indexed'
  | 'draft-referrer'
  | 'draft-from-cache'
  | 'session-cookie'
  | 'policy-refuses-editor'
  | 'policy-refuses-outlines'
  | 'wrong-signature-draft'

const proxy = 'Look for what changes it behind Keyblok: a proxy, a CDN, a host’s rule for headers, or another hook.'

/** What a page tells, asked as a visitor and as the editor’s frame. */
export const pageFindings: Catalogue<PageFindingId> = {
  'page-unreachable': {
    severity: 'error',
    why: 'Visitors do not get the page either.',
    fix: 'Check the address, and the site’s logs.',
  },
  'token-in-page': {
    severity: 'error',
    why: 'Every visitor has the token.',
    fix: 'Replace the token now, `npx keyblok tokens rotate`, and build with `keyblok()` in the configuration, which finds the source.',
  },
  'visitor-drafts': {
    severity: 'warning',
    why: 'Everybody sees there what is not published. That is meant on staging, and nowhere else.',
    fix: "In production, take away STORYBLOK_ENVIRONMENT; on staging, `drafts: 'granted'` shows drafts to editors only.",
  },
  'visitor-editor-parts': {
    severity: 'error',
    why: 'A visitor gets a page that was made for an editor, from a cache as a rule: it can show drafts.',
    fix: 'Empty the cache in front of the site, and let it respect `Cache-Control: private` and the query string.',
  },
  'visitor-cache-long': {
    severity: 'warning',
    why: 'Browsers show the old page for as long, whatever is published meanwhile.',
    fix: 'Let browsers ask again (`max-age=0`), and keep pages in the CDN instead (`s-maxage`), where a webhook can drop them.',
  },
  'visitor-no-store': {
    severity: 'note',
    why: 'Each visit renders the page anew.',
    fix: 'Where the page is the same for all, let caches keep it: docs/reading.md.',
  },
  'signature-not-recognised': {
    severity: 'error',
    why: 'Editors see what is published, and nothing of what they type.',
    fix: 'Set STORYBLOK_SPACE_ID and the same STORYBLOK_PREVIEW_TOKEN where the site runs, and set its clock. A prerendered page needs the preview path of docs/preview.md.',
  },
  'frame-refused': {
    severity: 'error',
    why: 'The Visual Editor shows a blank frame.',
    fix: `Keyblok allows the editor’s frame. ${proxy}`,
  },
  'draft-cacheable': {
    severity: 'error',
    why: 'A cache that keeps a draft shows it to visitors.',
    fix: `Keyblok forbids it on every draft. ${proxy}`,
  },
  'draft-indexed': {
    severity: 'warning',
    why: 'A search engine that meets a draft lists it.',
    fix: `Keyblok sends \`X-Robots-Tag: noindex\` with every draft. ${proxy}`,
  },
  'draft-referrer': {
    severity: 'warning',
    why: 'Other sites learn the address of the draft, which holds a signature, from links and pictures.',
    fix: `Keyblok sends \`Referrer-Policy: same-origin\` with every draft. ${proxy}`,
  },
  'draft-from-cache': {
    severity: 'error',
    why: 'Editors see an old page, and visitors may be given an editor’s.',
    fix: 'Let the cache pass requests that have `_storyblok` or `_keyblok` in their address.',
  },
  'session-cookie': {
    severity: 'error',
    why: 'The browser does not keep the session in the editor’s frame, or sends it where it must not go.',
    fix: `Keyblok sets \`__Host-…; Secure; HttpOnly; Path=/; SameSite=None; Partitioned\`. ${proxy}`,
  },
  'policy-refuses-editor': {
    severity: 'error',
    why: 'The page does not follow the editor: nothing changes while somebody types.',
    fix: 'Allow the site’s own scripts and requests in its policy (`script-src`, `connect-src`), or give it a nonce, which Keyblok’s script takes.',
  },
  'policy-refuses-outlines': {
    severity: 'note',
    why: 'Storyblok’s bridge draws no outlines around bloks; everything else works.',
    fix: "Allow `'unsafe-inline'` for styles on editors’ pages, if outlines are wanted.",
  },
  'wrong-signature-draft': {
    severity: 'error',
    why: 'Anybody can read drafts by adding parameters to an address.',
    fix: 'Let Keyblok decide alone: look for code that takes `_storyblok` in the address for a proof.',
  },
}
