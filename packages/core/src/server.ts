// For servers: these modules handle tokens. Bundles for the browser refuse this entry.
export { Secret } from './tokens/secret.js'
export type { TokenKind } from './tokens/secret.js'
export type { ReleaseToken, TokenSet } from './tokens/token-set.js'
export { parseSettings } from './tokens/settings.js'
export type { EnvLookup, SecretSource, Settings, TokenSources } from './tokens/settings.js'
export { regions } from './tokens/region.js'
export type { Region } from './tokens/region.js'
export { detectEnvironment } from './tokens/environment.js'
export type { Environment } from './tokens/environment.js'
export { chooseAccess } from './tokens/access.js'
export type { Access, AccessQuestion, DraftsPolicy, Version } from './tokens/access.js'
export { isLocalRequest } from './tokens/local-request.js'
export { Delivery } from './delivery/delivery.js'
export type { DeliveryOptions, ReadContext, StoryIdentifier } from './delivery/delivery.js'
export type { DeliveryEvent, EventListener } from './delivery/events.js'
export type {
  DatasourceEntriesQuery,
  DatasourcesQuery,
  LinksQuery,
  StoriesQuery,
  StoryQuery,
  TagsQuery,
} from './delivery/query.js'
export type { SharedStorage } from './delivery/shared-cache.js'
export type { RequestScope } from './delivery/published-cache.js'
export type { Fetch, RetryOptions } from './delivery/transport.js'
export type {
  Datasource,
  DatasourceEntriesAnswer,
  DatasourceEntry,
  DatasourcesAnswer,
  LinksAnswer,
  PrivateAsset,
  Sideloaded,
  SpaceInfo,
  StoriesAnswer,
  StoryAnswer,
  Tag,
  WireAlternate,
  WireBlok,
  WireLink,
  WireLinkedStory,
  WireStory,
  WireTranslatedSlug,
} from './delivery/wire.js'
export type { Connection, ConnectionOptions, BuildStores } from './connection.js'
export type { Grant } from './preview/grant.js'
export { readsDrafts } from './stories/reads-drafts.js'
export { isLanguageOf } from './stories/languages.js'
export { CacheTags, storyTags } from './stories/cache-tags.js'
export { tagsOfChanges } from './stories/space-changes.js'
export { blokDataFunction, readBlokData } from './stories/blok-data.js'
export type { BlokDataResult } from './stories/blok-data.js'
export { referencedIds } from './stories/complete.js'
export type { UnsavedStory } from './stories/unsaved-content.js'
export type { Journal } from './stories/journal.js'
export { narrowStories } from './stories/narrow.js'
export type { Narrowing } from './stories/narrow.js'
export { hasPageIn, languagePath, languagePrefix, relativeSlug } from './stories/slugs.js'
export type { StorySlugs } from './stories/slugs.js'
export type { BuildStore } from './stories/bulk.js'
export { Site } from './site.js'
export type { AnswerGuardOptions, SiteOptions, Visit } from './site.js'
export { Storyblok } from './stories/reader.js'
export type { Link, ReadOptions, ReadProgress, StoriesPage, StoryKey } from './stories/reader.js'
