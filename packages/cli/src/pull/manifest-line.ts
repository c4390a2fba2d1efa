/** What a pull knows of something that it wrote. */
export interface ManifestEntry {
  /** The fingerprint of what it was written from. */
  state: string
  /** The files, by their paths in the folder. Only these are ever deleted. */
  files: readonly string[]
  /** A story's full slug, an asset's length: what tells whether it is still wanted, or whole. */
  note?: string | number
}

/** The line that says what the others are. */
interface Header {
  version: number
  drafts: boolean
}

/** Reads a line; `undefined` when it is no JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

export function isHeader(value: unknown): value is Header {
  return typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number'
}

const isText = (value: unknown): boolean => typeof value === 'string'

/** What is noted of one thing; no files mean that it is gone. */
type Line = Partial<Omit<ManifestEntry, 'files'>> & { key: string; files: readonly string[] | null }

export function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null || !('key' in value) || !('files' in value)) return false
  const { key, files } = value
  return typeof key === 'string' && (files === null || (Array.isArray(files) && files.every(isText)))
}
