import { equalInConstantTime } from '../tokens/constant-time.js'
import type { Secret } from '../tokens/secret.js'
import { toHex, utf8 } from '../encoding.js'
import type { PreviewSpace } from './signed.js'

/** How old an editor's signature may be, and how far ahead its clock, in seconds. */
const longestAge = 3600
const furthestAhead = 60

const parameters = ['space_id', 'timestamp', 'token'] as const

/** A verified signature of the Visual Editor. */
export interface EditorSignature {
  spaceId: number
  /** When it was made, in Unix seconds. */
  timestamp: number
  /** The preview token that made it. */
  token: Secret
}

/** Tells whether a URL carries a signature of the Visual Editor, true or not. */
export function hasEditorSignature(query: URLSearchParams): boolean {
  return [...query.keys()].some(isSignatureParameter)
}

export function isSignatureParameter(name: string): boolean {
  return name.startsWith('_storyblok_tk')
}

/**
 * Verifies the signature in a preview URL: `_storyblok_tk[token]` is the SHA-1 of the space id, a preview token and the
 * time (Storyblok's FAQ on verifying the preview query parameters of the Visual Editor).
 *
 * @param now - The time in Unix seconds.
 * @returns The signature, or `null` unless each parameter is there once, in its one spelling, for one of the spaces, in
 * time and true.
 */
export async function verifyEditorSignature(
  query: URLSearchParams,
  spaces: readonly PreviewSpace[],
  now: number,
): Promise<EditorSignature | null> {
  const given = [...query.keys()].filter(isSignatureParameter)
  if (given.length !== parameters.length) return null
  const [spaceId, timestamp, signature] = parameters.map((name) => query.get(`_storyblok_tk[${name}]`) ?? '')
  if (!isDecimal(spaceId) || !isDecimal(timestamp) || !/^[0-9a-f]{40}$/.test(signature ?? '')) return null

  const age = now - Number(timestamp)
  const space = spaces.find((candidate) => candidate.spaceId === Number(spaceId))
  if (!space || age > longestAge || age < -furthestAhead) return null
  for (const token of space.preview) {
    const expected = await crypto.subtle.digest('SHA-1', utf8(`${spaceId}:${token.reveal()}:${timestamp}`))
    if (equalInConstantTime(toHex(expected), signature ?? '')) {
      return { spaceId: space.spaceId, timestamp: Number(timestamp), token }
    }
  }
  return null
}

function isDecimal(text = ''): boolean {
  return /^[1-9]\d{0,15}$/.test(text)
}
