import { KeyblokError } from '@keyblok/core'
import type { Access, Delivery, Secret } from '@keyblok/core/server'

/** A kind that the API’s answers tell. */
type KnownKind = 'public' | 'preview' | 'asset' | 'release'

/** What the API tells of a token. */
export interface Identity {
  kind: KnownKind
  /** The space that it is of, where the API tells. */
  spaceId?: number
}

/** A token, and what its variable takes it for. */
export interface Claimed {
  token: Secret
  kind: KnownKind
  /** The release that it is said to read. */
  release?: string
}

type Probe = (delivery: Delivery, claimed: Claimed, signal: AbortSignal) => Promise<boolean>

/** How each kind is told, with one request. */
const probes: Record<KnownKind, Probe> = {
  preview: (delivery, { token }, signal) => readsDrafts(delivery, token, signal),
  public: (delivery, { token }, signal) =>
    isAccepted(delivery.stories(accessOf(token, 'published'), { perPage: 1 }, { signal })),
  // An asset that is not there tells an asset token from any other.
  asset: (delivery, { token }, signal) =>
    isAccepted(delivery.asset(accessOf(token, 'published'), 'https://a.storyblok.com/f/0/none', { signal })),
  release: async (delivery, { token, release }, signal) =>
    release !== undefined &&
    isAccepted(delivery.stories({ ...accessOf(token, 'published'), release }, { perPage: 1 }, { signal })),
}

/** Which kinds to try, the likeliest first. What reads drafts reads the rest too, so it goes before a public token. */
const orders: Record<KnownKind, readonly KnownKind[]> = {
  preview: ['preview', 'public', 'asset'],
  public: ['preview', 'public', 'asset'],
  asset: ['asset', 'preview', 'public'],
  release: ['preview', 'release', 'public', 'asset'],
}

/**
 * Finds out by the API’s behaviour what a token is.
 *
 * @returns What it is; `null` for a token that this API does not know.
 * @throws {KeyblokError} When the API cannot be asked.
 */
export async function identifyToken(
  delivery: Delivery,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<Identity | null> {
  for (const kind of orders[claimed.kind]) {
    if (!(await probes[kind](delivery, claimed, signal))) continue
    if (kind === 'asset' || kind === 'release') return { kind }
    const version = kind === 'preview' ? 'draft' : 'published'
    const { id } = await delivery.space(accessOf(claimed.token, version), { signal })
    return { kind, spaceId: id }
  }
  return null
}

/** A public token may be given what is published instead of being refused; only drafts are marked for the editor. */
async function readsDrafts(delivery: Delivery, token: Secret, signal: AbortSignal): Promise<boolean> {
  try {
    const { stories } = await delivery.stories(accessOf(token, 'draft'), { perPage: 1 }, { signal })
    return stories.every(({ content }) => typeof content._editable === 'string')
  } catch (error) {
    return refusedOrThrow(error)
  }
}

async function isAccepted(read: Promise<unknown>): Promise<boolean> {
  try {
    await read
    return true
  } catch (error) {
    return refusedOrThrow(error)
  }
}

const refusals = new Set(['KB_TOKEN_REFUSED', 'KB_RELEASE_REFUSED', 'KB_UPSTREAM_INVALID'])

function refusedOrThrow(error: unknown): false {
  if (error instanceof KeyblokError && refusals.has(error.code)) return false
  throw error
}

function accessOf(token: Secret, version: Access['version']): Access {
  return { version, token, reason: '' }
}
