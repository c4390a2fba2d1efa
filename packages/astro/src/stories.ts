import type { BlokName, BlokOf, LazyBlok } from '@keyblok/core'

// Token-free: can be imported anywhere. Interfaces that sites augment are exported by name.
export { defineStories, lazy, storyHref } from '@keyblok/core'
export { defineSpace } from './define-space.js'
export type {
  Alternate,
  Asset,
  Blok,
  BlokName,
  BlokOf,
  BlokProps,
  ContentType,
  DatasourceName,
  DatasourceValue,
  FieldPlugins,
  FilterQuery,
  FromContentTypes,
  HrefOptions,
  LazyBlok,
  LinkType,
  Multilink,
  Plugin,
  Register,
  RelationName,
  RichText,
  RichTextBloks,
  RichTextElement,
  RichTextMark,
  RichTextNode,
  RichTextText,
  Space,
  Spaces,
  Story,
  StoryLink,
  StoryOf,
  StorySource,
  Table,
  WireBlok,
} from '@keyblok/core'

/** An Astro component that shows a blok. */
type BlokComponent<Name extends BlokName> = (props: { blok: BlokOf<Name> }) => unknown

/**
 * The map from component names to Astro components. With generated types it has to be complete; `null` says that a blok
 * is never shown.
 */
export type BlokMap = {
  [Name in BlokName]: BlokComponent<Name> | LazyBlok<BlokComponent<Name>> | null
}

/**
 * Types the map from component names to Astro components.
 *
 * @param map - One component for each name.
 * @returns The map, to export as default from `src/storyblok/bloks.ts`.
 */
export function defineBloks(map: BlokMap): BlokMap {
  return map
}
