import type { LazyBlok } from '@keyblok/core'
import type { Component } from 'svelte'
import bloks from 'virtual:keyblok/bloks'

type BlokComponent = Component<{ blok: unknown; data?: unknown }>
type Entry = BlokComponent | LazyBlok<BlokComponent>

const components = new Map<LazyBlok<BlokComponent>, BlokComponent>()
const loads = new Map<LazyBlok<BlokComponent>, Promise<void>>()
/** Grows when a component has come, so that what waits for it shows it. */
let arrivals = $state(0)

/** Gives the component of an entry of the map; one that is imported late comes later, where it is not there yet. */
export function componentOf(entry: Entry): BlokComponent | undefined {
  if (!isLazy(entry)) return entry
  const known = components.get(entry)
  if (known) return known
  void arrivals
  void load(entry)
  return undefined
}

/** Loads the components of the map that are imported late; all of them, or those of some bloks. */
export async function loadBloks(names: Iterable<string> = Object.keys(bloks)): Promise<void> {
  const entries = [...names].map((name) => (Object.hasOwn(bloks, name) ? bloks[name] : undefined))
  await Promise.all(entries.map((entry) => entry && isLazy(entry) && load(entry)))
}

function isLazy(entry: Entry): entry is LazyBlok<BlokComponent> {
  return 'lazy' in entry
}

function load(entry: LazyBlok<BlokComponent>): Promise<void> {
  const known = loads.get(entry)
  if (known) return known
  const loading = loadNow(entry)
  loads.set(entry, loading)
  // One that failed, such as of a visitor who was offline, is tried again when it is shown again.
  loading.catch(() => loads.delete(entry))
  return loading
}

async function loadNow(entry: LazyBlok<BlokComponent>): Promise<void> {
  const { default: component } = await entry.lazy()
  components.set(entry, component)
  arrivals++
}
