import { findComponent } from '@keyblok/core'
import bloks from 'virtual:keyblok/bloks'
import type { AnyBlok } from './types.js'

/** What the app's map says of a blok: its component, `null` for none, or nothing. */
export type Entry = NonNullable<(typeof bloks)[string]>

/** Finds the entry of a blok, whatever that is. The server's log tells once of each that has none. */
export function findEntry(blok: AnyBlok): Entry | null | undefined {
  if (import.meta.env.SSR) findComponent(bloks, blok)
  const name: unknown = blok?.component
  return typeof name === 'string' && Object.hasOwn(bloks, name) ? bloks[name] : undefined
}
