import type { AnyQuery } from '../delivery/query.js'
import type { RawReading } from '../stories/raw-reading.js'
import { readRaw as readRawOf } from '../stories/reader.js'
import type { ReadOptions, Storyblok } from '../stories/reader.js'
import type { Space } from '../stories/space.js'

/** One call, with all that it reads by. */
export interface Call {
  reader: Storyblok
  space: Space
  /** What follows the endpoint's name, such as a slug. */
  rest: string
  query: AnyQuery
  findBy: unknown
  options: ReadOptions
}

/** What an endpoint gives; `null` when there is no such thing. */
export interface Answer {
  data: Record<string, unknown>
  /** How many there are of a list. */
  total?: number
  /** How many are on a page of it. */
  perPage?: number
}

/** How many are on a page unless a call says otherwise. */
export const perPageByDefault = 25

/**
 * Reads what no source describes, with the access of the call's request.
 *
 * @param key - Tells the read from every other of the space.
 */
export function readRaw<T>(
  { reader, space, options }: Call,
  key: unknown,
  read: (raw: RawReading) => Promise<T>,
): Promise<T> {
  return readRawOf(reader, space, JSON.stringify(key), options, read)
}
