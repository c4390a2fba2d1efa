import type { LazyBlok } from '@keyblok/core'
import type { Component } from 'svelte'
import bloks, { hasLazy } from 'virtual:keyblok/bloks'

type BlokComponent = Component<{ blok: unknown; data?: unknown }>
type Entry = BlokComponent | LazyBlok<BlokComponent>

/** Components that were imported late, or what brings them. */
const known = new Map<Entry, BlokComponent | Promise<void>>()
/** Grows when a component has come, so that what waits for it shows it. */
let arrivals = $state(0)

/** Gives the component of an entry of the map; one that is imported late comes later, where it is not there yet. */
export function componentOf(entry: Entry): BlokComponent | undefined {
  // Bundles of apps that have none do without the rest.
  if (!hasLazy || !('lazy' in entry)) return entry as BlokComponent
  const component = known.get(entry)
  if (typeof component === 'function') return component
  void arrivals
  // It is tried again when it is shown again.
  load(entry).catch(() => {})
  return undefined
}

/** Loads the components of the map that are imported late; all of them, or those of some bloks. */
export async function loadBloks(names: Iterable<string> = Object.keys(bloks)): Promise<void> {
  const entries = [...names].map((name) => (Object.hasOwn(bloks, name) ? bloks[name] : undefined))
  await Promise.all(entries.map((entry) => entry && 'lazy' in entry && load(entry)))
}

async function load(entry: LazyBlok<BlokComponent>): Promise<void> {
  if (!known.has(entry)) known.set(entry, loadNow(entry))
  await known.get(entry)
}

async function loadNow(entry: LazyBlok<BlokComponent>): Promise<void> {
  try {
    const { default: component } = await entry.lazy()
    known.set(entry, component)
    arrivals++
  } catch (error) {
    // Such as of a visitor who was offline.
    known.delete(entry)
    throw error
  }
}
