// Runs anywhere: no module here can read a token.
export { KeyblokError } from './errors.js'
export type { ErrorCode, ErrorDetails } from './errors.js'
export { defineSpace } from './stories/space.js'
export type { EnvPrefix, Space } from './stories/space.js'
export { defineStories } from './stories/source.js'
export type { StorySource } from './stories/source.js'
export { storyHref } from './stories/href.js'
export type {
  BlokName,
  BlokOf,
  BlokProps,
  ContentType,
  Register,
  ResolvedRelations,
  Spaces,
  Story,
  StoryOf,
} from './stories/types.js'
export type { WireBlok } from './delivery/wire.js'
export type { Link, StoriesPage, Storyblok } from './stories/reader.js'
export type { DraftsPolicy, Version } from './tokens/access.js'
