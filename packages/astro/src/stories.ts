import type { BlokName, BlokOf } from '@keyblok/core'

// Token-free: can be imported anywhere. Interfaces that sites augment are exported by name.
export { defineSpace, defineStories, storyHref } from '@keyblok/core'
export type {
  Alternate,
  BlokName,
  BlokOf,
  BlokProps,
  ContentType,
  FilterQuery,
  HrefOptions,
  Register,
  Space,
  Spaces,
  Story,
  StoryLink,
  StoryOf,
  StorySource,
  WireBlok,
} from '@keyblok/core'

/** The map from component names to Astro components. With generated types it has to be complete. */
export type BlokMap = { [Name in BlokName]: (props: { blok: BlokOf<Name> }) => unknown }

/**
 * Types the map from component names to Astro components.
 *
 * @param map - One component for each name.
 * @returns The map, to export as default from `src/storyblok/bloks.ts`.
 */
export function defineBloks(map: BlokMap): BlokMap {
  return map
}
