import type { BlokName, BlokProps, LazyBlok, RichTextProps, RichTextType } from '@keyblok/core'

// Token-free: can be imported anywhere. Interfaces that sites augment are exported by name.
export {
  defineBlokData,
  defineStories,
  editable,
  findSpace,
  imageAttributes,
  imageSize,
  imageUrl,
  lazy,
  renderRichText,
  richTextToText,
  richTextTree,
  storyHref,
} from '@keyblok/core'
export { defineSpace } from './define-space.js'
export type {
  Alternate,
  Asset,
  Blok,
  BlokData,
  BlokDataContext,
  BlokDataFunctions,
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
  LazyBlok,
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

/** An Astro component that shows a blok. */
type BlokComponent<Name extends BlokName> = (props: BlokProps<Name>) => unknown

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

/** Astro components that show nodes and marks of rich text, by their types; what they hold is in their slot. */
export type RichTextComponents = {
  [Type in RichTextType]?: (props: RichTextProps<Type>) => unknown
}
