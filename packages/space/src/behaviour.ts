/**
 * What Storyblok's documents leave open or contradict. Each default is what is documented, or most likely; a site that
 * must not depend on it can be tested with the other answer.
 */
export interface Behaviour {
  /** What a public token that asks for a draft gets: 401, or what is published. */
  publicDraft: 'unauthorized' | 'published'
  /** Which version a preview token reads that names none: what is published, or drafts. */
  omittedVersion: 'published' | 'draft'
  /** How many relations a list or story carries whole; above it `rel_uuids` names them. */
  relationLimit: number
  /** How many links `resolve_links` carries; above it `link_uuids` names them. */
  linkLimits: { story: number; url: number; link: number }
  /** What a published read with an old cache version gets: the redirect to the current one, or an answer. */
  oldCacheVersion: 'redirect' | 'answer'
  /** What `per_page` above the most becomes: the most, or 422. */
  excessivePerPage: 'clamp' | 'refuse'
  /** Whether links come in pages always, or only with `paginated=1`, as in spaces from before May 2023. */
  pagedLinks: 'always' | 'onRequest'
  /** Whether published stories name alternates that are not published, as `published: false` in them suggests. */
  unpublishedAlternates: 'listed' | 'leftOut'
  /** Whether `translated_slugs[].published` is a boolean or the time of publishing. */
  translatedSlugPublished: 'boolean' | 'date'
  /** Whether 429 carries `Retry-After: 1`. */
  retryAfter: boolean
  /** Whether the answers to making and deleting a delivery token are wrapped in `api_key`. */
  wrapApiKeys: boolean
  /** How long a personal access token lives that is made without `expires_at`. */
  personalTokenLife: 'year' | 'forever'
  /** Until when legacy personal access tokens are taken: ISO 8601, or `null` for ever. Storyblok announced the end. */
  legacyTokensUntil: string | null
  /** How often a webhook that failed is sent again. */
  webhookRetries: number
  /** What a token that is narrowed to stories gets when it asks for another: 404, or 401. */
  storyOutsideScope: 'notFound' | 'unauthorized'
}

/**
 * Completes the answers that somebody chose.
 *
 * @throws {TypeError} When one is not known.
 */
export function completeBehaviour(chosen: Partial<Behaviour>): Behaviour {
  const unknown = Object.keys(chosen).filter((name) => !Object.hasOwn(documentedBehaviour, name))
  if (unknown.length > 0) {
    const known = Object.keys(documentedBehaviour).join(', ')
    throw new TypeError(`[keyblok] There is no behaviour ${unknown.join(', ')}. There are: ${known}.`)
  }
  return { ...documentedBehaviour, ...chosen }
}

/** The documented answers, or the most likely ones. */
export const documentedBehaviour: Behaviour = {
  publicDraft: 'unauthorized',
  omittedVersion: 'published',
  relationLimit: 50,
  linkLimits: { story: 50, url: 500, link: 500 },
  oldCacheVersion: 'redirect',
  excessivePerPage: 'clamp',
  pagedLinks: 'always',
  unpublishedAlternates: 'listed',
  translatedSlugPublished: 'boolean',
  retryAfter: true,
  wrapApiKeys: true,
  personalTokenLife: 'year',
  legacyTokensUntil: '2026-11-30T00:00:00.000Z',
  webhookRetries: 0,
  storyOutsideScope: 'notFound',
}
