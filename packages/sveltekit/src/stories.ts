import type { BlokName, BlokOf } from '@keyblok/core'
import type { Component } from 'svelte'

// Token-free: can be imported anywhere. Interfaces that sites augment are exported by name.
export {
  defineSpace,
  defineStories,
  editable,
  findSpace,
  imageAttributes,
  imageSize,
  imageUrl,
  renderRichText,
  richTextToText,
  richTextTree,
  storyHref,
} from '@keyblok/core'
export type {
  Alternate,
  Asset,
  Blok,
  BlokName,
  BlokOf,
  BlokProps,
  ContentType,
  CustomLinkAttribute,
  DatasourceName,
  DatasourceValue,
  EditableAttributes,
  FieldPlugins,
  FilterQuery,
  FromContentTypes,
  HtmlAttributes,
  HrefOptions,
  ImageAttributes,
  ImageFilters,
  ImageFormat,
  ImageLayout,
  ImageOptions,
  ImageSize,
  ImageSource,
  ImageUrlOptions,
  LinkType,
  Multilink,
  Plugin,
  Register,
  RelationName,
  RenderedBloks,
  RenderedElement,
  RenderedPart,
  RichText,
  RichTextAttributes,
  RichTextBloks,
  RichTextElement,
  RichTextMark,
  RichTextNode,
  RichTextOptions,
  RichTextProps,
  RichTextText,
  RichTextType,
  Space,
  Spaces,
  Story,
  StoryLink,
  StoryOf,
  StorySource,
  Table,
  WireBlok,
} from '@keyblok/core'

/**
 * The map from component names to Svelte components. With generated types it has to be complete; `null` says that a blok
 * is never shown.
 */
export type BlokMap = { [Name in BlokName]: Component<{ blok: BlokOf<Name> }> | null }

/**
 * Types the map from component names to Svelte components.
 *
 * @param map - One component for each name.
 * @returns The map, to export as default from `src/lib/storyblok/bloks.ts`.
 */
export function defineBloks(map: BlokMap): BlokMap {
  return map
}
