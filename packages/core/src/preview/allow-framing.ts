import { isLoopbackHost } from '../tokens/loopback-host.js'
import { regionOrigins } from '../tokens/region.js'
import type { Site } from '../site.js'

/**
 * Gives the origins at which a space is edited, for a policy.
 *
 * @param apiOrigin - The delivery API that is read: the region's own, or another one, such as a local space.
 */
export function editorOrigins(apiOrigin: string): readonly string[] {
  if (apiOrigin === regionOrigins.cn) return ['https://app.storyblokchina.cn']
  if (Object.values<string>(regionOrigins).includes(apiOrigin)) return ['https://app.storyblok.com']
  // A machine has more than one name for itself, and the editor another port than what stands before the API.
  if (isLoopbackHost(new URL(apiOrigin).hostname)) return ['http://localhost:*', 'http://127.0.0.1:*']
  return [apiOrigin, 'https://app.storyblok.com']
}

/** Gives the origins at which the spaces of a site are edited. */
export function allEditorOrigins({ previewSpaces }: Pick<Site, 'previewSpaces'>): string[] {
  return [...new Set(previewSpaces.flatMap(({ apiOrigin }) => editorOrigins(apiOrigin)))]
}

const directive = /(^|;)\s*frame-ancestors\b[^;]*/i

/**
 * Lets the editor frame a response, and nobody else: its policy says so in the place of what the site says of frames.
 *
 * @param headers - The response's headers.
 * @param origins - The editor's origins.
 * @returns The headers to set; an empty one is to be deleted.
 */
export function allowFraming(headers: Headers, origins: readonly string[]): Record<string, string> {
  const ancestors = `frame-ancestors 'self' ${origins.join(' ')}`
  // Commas separate policies, of which each has to allow it.
  const policies = (headers.get('content-security-policy') ?? '').split(',').map((policy) => policy.trim())
  const others = policies.filter(Boolean).map((policy) => policy.replace(directive, '$1').replace(/^\s*;\s*/, ''))
  return {
    'Content-Security-Policy': [...others.filter((policy) => policy.trim() !== ''), ancestors].join(', '),
    'X-Frame-Options': '',
  }
}
