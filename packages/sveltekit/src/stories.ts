// The types of `virtual:keyblok/space`, for whoever imports anything of this.
import './virtual.js'

import type {
  Alternate,
  BlokName,
  BlokOf,
  BlokProps,
  LazyBlok,
  RichTextAttributes,
  RichTextType,
  Story as ReadStory,
  WireBlok,
} from '@keyblok/core'
import type { Component, Snippet } from 'svelte'

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
  RichTextText,
  RichTextType,
  Space,
  Spaces,
  StoryLink,
  StorySource,
  Table,
  WireBlok,
} from '@keyblok/core'

/**
 * A story as pages get it: what is sent to browsers has no fields that pages have no use for. Readers give it whole, with
 * all that Storyblok says of it.
 */
export interface Story<Content = WireBlok> {
  id: number
  uuid: string
  name: string
  slug: string
  full_slug: string
  /** The language that was asked for, or `default`. */
  lang: string
  tag_list: string[]
  published_at: string | null
  first_published_at: string | null
  content: Content
  /** The path of the story's page on the site, from `/`. */
  href: string
  /** The story's pages in all languages, this one included; empty where the space has one language. */
  alternates: readonly Alternate[]
}

/** A story by its content type, with the relations of the registered space: `StoryOf<'article'>`. */
export type StoryOf<Type extends string, Name extends string = 'default'> =
  Type extends BlokName<Name> ? Story<BlokOf<Type, Name>> : Story

/** What a page gets of what a reader gives: stories as {@link Story}, and whatever stands around them. */
export type PageData<Value> =
  Value extends ReadStory<infer Content>
    ? Story<Content>
    : Value extends readonly (infer Item)[]
      ? readonly PageData<Item>[]
      : Value extends { stories: infer Stories }
        ? Omit<Value, 'stories'> & { stories: PageData<Stories> }
        : Value

/** A Svelte component that shows a blok. */
type BlokComponent<Name extends BlokName> = Component<BlokProps<Name>>

/**
 * The map from component names to Svelte components. With generated types it has to be complete; `null` says that a blok
 * is never shown.
 */
export type BlokMap = {
  [Name in BlokName]: BlokComponent<Name> | LazyBlok<BlokComponent<Name>> | null
}

/**
 * Types the map from component names to Svelte components.
 *
 * @param map - One component for each name.
 * @returns The map, to export as default from `src/lib/storyblok/bloks.ts`.
 */
export function defineBloks(map: BlokMap): BlokMap {
  return map
}

/** What a component or a snippet of a node or a mark of rich text gets: what is known of it, and what is inside of it. */
export type RichTextProps<Type extends RichTextType> = RichTextAttributes[Type] & { children: Snippet }

/** Svelte components that show nodes and marks of rich text, by their types. */
export type RichTextComponents = { [Type in RichTextType]?: Component<RichTextProps<Type>> }

/** Snippets that show nodes and marks of rich text, by their types. */
export type RichTextSnippets = { [Type in RichTextType]?: Snippet<[RichTextProps<Type>]> }
