import { findComponent } from '@keyblok/core'
import type { WireBlok } from '@keyblok/core'
import { blokDataFunction, readBlokData, readsDrafts } from '@keyblok/core/server'
import type { Storyblok } from '@keyblok/core/server'
import blokData from 'virtual:keyblok/blok-data'
import bloks from 'virtual:keyblok/bloks'
import options from 'virtual:keyblok/options'

/** A blok as it comes, which may be none. */
export type AnyBlok = Pick<WireBlok, 'component' | '_editable'>

/** What stands on the page for a blok: its component, or what to tell an editor; neither where nothing shows. */
export interface ShownBlok {
  Component?: ((props: BlokComponentProps) => unknown) | undefined
  /** What the component gets. */
  props: BlokComponentProps
  notice?: string | undefined
}

interface BlokComponentProps {
  blok: AnyBlok
  data?: unknown
}

/** What is read of the page that shows a blok. */
interface Page {
  locals: { storyblok: Storyblok }
  url: URL
  isPrerendered: boolean
}

/** Finds what shows a blok, and imports it where the map says to do that late; and reads what it shows beside the blok. */
export async function showBlok(blok: AnyBlok, { locals: { storyblok }, url, isPrerendered }: Page): Promise<ShownBlok> {
  const { entry, notice } = findComponent(bloks, blok, () => readsDrafts(storyblok))
  if (!entry) return { props: { blok }, notice }
  const Component = 'lazy' in entry ? (await entry.lazy()).default : entry
  if (!blokDataFunction(blokData, blok)) return { Component, props: { blok } }
  const result = await readBlokData(blokData, blok, { storyblok, url }, isPrerendered && options.building)
  if ('data' in result) return { Component, props: { blok, data: result.data } }
  return { props: { blok }, notice: readsDrafts(storyblok) ? result.error.report : undefined }
}
