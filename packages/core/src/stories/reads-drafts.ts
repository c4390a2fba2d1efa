import { KeyblokError } from '../errors.js'
import type { Version } from '../tokens/access.js'

/** Tells whether a reader shows drafts. One of a site that cannot read at all shows none. */
export function readsDrafts(reader: { readonly version: Version } | undefined): boolean {
  try {
    return reader?.version === 'draft'
  } catch (error) {
    if (error instanceof KeyblokError) return false
    throw error
  }
}
