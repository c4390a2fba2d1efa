// Runs anywhere: no module here can read a token.
export { KeyblokError } from './errors.js'
export type { ErrorCode, ErrorDetails } from './errors.js'
export { findSpace } from './stories/find-space.js'
export { defineSpace } from './stories/space.js'
export type { EnvPrefix, Routing, Space } from './stories/space.js'
export { defineStories } from './stories/source.js'
export type { SortBy, StoriesOptions, StorySource } from './stories/source.js'
export { lazy } from './stories/lazy.js'
export type { LazyBlok } from './stories/lazy.js'
export { defineBlokData } from './stories/define-blok-data.js'
export type { BlokDataContext, BlokDataFunctions } from './stories/blok-data.js'
export { editable } from './stories/editable.js'
export type { EditableAttributes } from './stories/editable.js'
export { findComponent } from './stories/find-component.js'
export type { FoundComponent } from './stories/find-component.js'
export { storyHref } from './stories/href.js'
export type { HrefOptions, StoryLink } from './stories/href.js'
export type {
  Alternate,
  Asked,
  BlokData,
  BlokName,
  BlokOf,
  BlokProps,
  ContentFields,
  ContentType,
  DatasourceName,
  DatasourceValue,
  Register,
  RelationName,
  ResolvedRelations,
  SourceStory,
  Spaces,
  Story,
  StoryOf,
} from './stories/types.js'
export type { FilterConditions, FilterOperators, FilterQuery } from './delivery/filter-query.js'
export type { DatasourceEntry, PrivateAsset, SpaceInfo, Tag, WireBlok } from './delivery/wire.js'
export type { Link, ReadOptions, StoriesPage, Storyblok } from './stories/reader.js'
export type { DraftsPolicy, Version } from './tokens/access.js'
export type { Region } from './tokens/region.js'
export { imageAttributes } from './assets/image-attributes.js'
export type { ImageAttributes, ImageLayout, ImageOptions } from './assets/image-options.js'
export { makeImageAttributes } from './assets/make-image-attributes.js'
export { isAssetUrl, isFileUrl } from './assets/image-file.js'
export type { ImageSource } from './assets/image-file.js'
export { warnOfPrivateAsset } from './assets/warn-of-private-asset.js'
export { imageSize } from './assets/image-size.js'
export type { ImageSize } from './assets/image-size.js'
export { imageUrl } from './assets/image-url.js'
export type { ImageFilters, ImageFormat, ImageUrlOptions } from './assets/image-options.js'
export { assetHosts } from './assets/asset-hosts.js'
export type {
  Asset,
  Blok,
  FieldPlugins,
  LinkType,
  Multilink,
  Plugin,
  RichText,
  RichTextBloks,
  RichTextElement,
  RichTextMark,
  RichTextNode,
  RichTextText,
  Table,
} from './stories/fields.js'
export type { FromContentTypes } from './stories/from-content-types.js'
export { renderRichText, richTextSegments } from './richtext/render-rich-text.js'
export type { RichTextSegment } from './richtext/render-rich-text.js'
export { prepareRichText } from './richtext/prepare-rich-text.js'
export type { PrepareOptions } from './richtext/prepare-rich-text.js'
export { isPreparedRichText } from './richtext/prepared-rich-text.js'
export type { PreparedElement, PreparedPart, PreparedRichText } from './richtext/prepared-rich-text.js'
export { richTextToText } from './richtext/rich-text-to-text.js'
export { richTextTree } from './richtext/rich-text-tree.js'
export type {
  CellAttributes,
  CustomLinkAttribute,
  HtmlAttributes,
  LinkAttributes,
  RenderedBloks,
  RenderedElement,
  RenderedPart,
  RichTextAttributes,
  RichTextImageAttributes,
  RichTextOptions,
  RichTextProps,
  RichTextType,
  TextAlignment,
  TextBlockAttributes,
} from './richtext/types.js'
