/** A secret in bytes. */
export interface Finding {
  /** Which secret it is, in words, such as `preview token`. */
  label: string
  /** How it is written, such as `base64`. */
  encoding: string
  /** Whether only its looks tell, not its value. */
  looksLike: boolean
  /** Where it begins, in bytes. */
  index: number
  /** In bytes. */
  length: number
}

/** Says what was found, never its value. */
export function describeFinding({ label, encoding, looksLike }: Omit<Finding, 'index' | 'length'>): string {
  return looksLike ? `what looks like a ${label}` : `the ${label} (${encoding})`
}
