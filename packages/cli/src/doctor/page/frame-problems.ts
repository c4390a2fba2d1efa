import type { SiteAnswer } from '../ask.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import type { Editor } from './editor.js'
import { allows, readMetaPolicies, readPolicies, sourcesOf } from './policy.js'
import type { Policy } from './policy.js'
import { cacheHit } from './traces.js'

/** Finds what keeps an editor’s page from being framed, private, or live. */
export function findFrameProblems(answer: SiteAnswer, editor: Editor, where: string): Finding[] {
  const tell = (id: Parameters<typeof finding>[0], what: string | undefined): Finding[] =>
    what === undefined ? [] : [finding(id, what, where)]
  return [
    ...tell('frame-refused', refusal(answer, editor)),
    ...tell('draft-cacheable', cacheable(answer)),
    ...tell(
      'draft-indexed',
      /noindex/.test(answer.headers.get('x-robots-tag') ?? '') ? undefined : 'It has no `noindex`.',
    ),
    ...tell('draft-referrer', referrer(answer)),
    ...tell('draft-from-cache', fromCache(answer)),
    ...tell('session-cookie', cookieProblem(answer, editor)),
    ...tell('policy-refuses-editor', refusedScript(answer)),
    ...tell('policy-refuses-outlines', refusedStyles(answer)),
  ]
}

function refusal({ headers, url }: SiteAnswer, { origin }: Editor): string | undefined {
  const lists = readPolicies(headers).flatMap((policy) =>
    [policy.get('frame-ancestors') ?? []].filter(() => policy.has('frame-ancestors')),
  )
  if (lists.some((sources) => !allows(sources, origin, url))) return `Its frame-ancestors leave out ${origin.origin}.`
  // Browsers pass over the older header where there is a list.
  const frames = headers.get('x-frame-options')
  return frames !== null && lists.length === 0 ? `X-Frame-Options: ${frames} forbids the frame.` : undefined
}

const cdnHeaders = [
  'cdn-cache-control',
  'surrogate-control',
  'netlify-cdn-cache-control',
  'vercel-cdn-cache-control',
  'cloudflare-cdn-cache-control',
]

function cacheable({ headers }: SiteAnswer): string | undefined {
  const control = headers.get('cache-control')
  if (!/no-store/.test(control ?? '')) return `Its Cache-Control is ${control ?? 'missing'}.`
  const cdn = cdnHeaders.find((name) => headers.has(name) && !/no-store|private/.test(headers.get(name) ?? ''))
  return cdn === undefined ? undefined : `${cdn} says ${headers.get(cdn)}.`
}

function referrer({ headers }: SiteAnswer): string | undefined {
  const policy = headers.get('referrer-policy')?.split(',').at(-1)?.trim()
  const isFine =
    policy !== undefined &&
    /^(no-referrer|same-origin|origin|strict-origin|(strict-)?origin-when-cross-origin)$/.test(policy)
  return isFine ? undefined : `Its Referrer-Policy is ${policy ?? 'missing'}.`
}

function fromCache(answer: SiteAnswer): string | undefined {
  const hit = cacheHit(answer)
  return hit === undefined ? undefined : `A cache answered (${hit}).`
}

const wanted = [
  /;\s*secure\b/i,
  /;\s*httponly\b/i,
  /;\s*path=\/(;|$)/i,
  /;\s*samesite=none\b/i,
  /;\s*partitioned\b/i,
] as const
const names = ['Secure', 'HttpOnly', 'Path=/', 'SameSite=None', 'Partitioned'] as const

function cookieProblem({ cookies }: SiteAnswer, { spaceId }: Editor): string | undefined {
  const cookie = cookies.find((one) => one.startsWith(`__Host-keyblok-${spaceId}`))
  if (cookie === undefined) return 'It opens no session.'
  const missing = names.filter((_, index) => !wanted[index]?.test(cookie))
  if (missing.length > 0) return `The session’s cookie has no ${missing.join(', ')}.`
  return /;\s*domain=/i.test(cookie) ? 'The session’s cookie names a domain, which `__Host-` forbids.' : undefined
}

const script = /<script type="module" src="([^"]+)"(?: nonce="([^"]+)")?><\/script>(?:<\/body>|<\/html>|\s)*$/

function refusedScript({ headers, body, url }: SiteAnswer): string | undefined {
  const [, source, nonce] = script.exec(body.toString()) ?? []
  if (source === undefined || !URL.canParse(source, url.href)) return undefined
  const address = new URL(source, url)
  for (const policy of policiesOf({ headers, body })) {
    const scripts = sourcesOf(policy, ['script-src-elem', 'script-src', 'default-src'])
    const isNonce = nonce !== undefined && scripts?.includes(`'nonce-${nonce}'`)
    // Scripts that others load count alone then, and none loads this one.
    const isByAddress = scripts && !scripts.includes("'strict-dynamic'") && allows(scripts, address, url)
    if (scripts && !isNonce && !isByAddress)
      return `Its policy refuses the editor’s script: script-src ${scripts.join(' ')}.`
    const requests = sourcesOf(policy, ['connect-src', 'default-src'])
    if (requests && !allows(requests, url, url))
      return `Its policy refuses the page’s own requests: connect-src ${requests.join(' ')}.`
  }
  return undefined
}

/** Of a page; who may frame it, its headers alone can say. */
function policiesOf({ headers, body }: Pick<SiteAnswer, 'headers' | 'body'>): Policy[] {
  return [...readPolicies(headers), ...readMetaPolicies(body.toString())]
}

function refusedStyles(answer: SiteAnswer): string | undefined {
  const isRefused = policiesOf(answer).some((policy) => {
    const styles = sourcesOf(policy, ['style-src-attr', 'style-src', 'default-src'])
    return styles && !styles.includes("'unsafe-inline'")
  })
  return isRefused ? "Its policy allows no `'unsafe-inline'` styles." : undefined
}
