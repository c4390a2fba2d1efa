import { findComponent } from '@keyblok/core'
import type { WireBlok } from '@keyblok/core'
import { readsDrafts } from '@keyblok/core/server'
import type { Storyblok } from '@keyblok/core/server'
import bloks from 'virtual:keyblok/bloks'

/** A blok as it comes, which may be none. */
export type AnyBlok = Pick<WireBlok, 'component' | '_editable'>

/** What stands on the page for a blok: its component, or what to tell an editor; neither where nothing shows. */
export interface ShownBlok {
  blok: AnyBlok
  Component?: ((props: { blok: AnyBlok }) => unknown) | undefined
  notice?: string | undefined
}

/** Finds what shows a blok, and imports it where the map says to do that late. */
export async function showBlok(blok: AnyBlok, reader: Storyblok): Promise<ShownBlok> {
  const { entry, notice } = findComponent(bloks, blok, () => readsDrafts(reader))
  const Component = entry && 'lazy' in entry ? (await entry.lazy()).default : entry
  return { blok, Component, notice }
}
