// For servers: these modules handle tokens. Bundles for the browser refuse this entry.
export { Secret } from './tokens/secret.js'
export type { TokenKind } from './tokens/secret.js'
export { collectTokens } from './tokens/token-set.js'
export type { TokenSet } from './tokens/token-set.js'
export { parseSettings } from './tokens/settings.js'
export type { EnvLookup, Settings } from './tokens/settings.js'
export type { Region } from './tokens/region.js'
export { detectEnvironment } from './tokens/environment.js'
export type { Environment } from './tokens/environment.js'
export { chooseAccess } from './tokens/access.js'
export type { Access, AccessQuestion, DraftsPolicy, Version } from './tokens/access.js'
export { isLocalRequest } from './tokens/local-request.js'
export { Delivery } from './delivery/delivery.js'
export type { DeliveryOptions, StoryIdentifier } from './delivery/delivery.js'
export type { LinksQuery, StoriesQuery, StoryQuery } from './delivery/query.js'
export type { RetryOptions } from './delivery/transport.js'
export type {
  LinksAnswer,
  SpaceInfo,
  StoriesAnswer,
  StoryAnswer,
  WireBlok,
  WireLink,
  WireStory,
} from './delivery/wire.js'
export { setHeaders } from './set-headers.js'
export { relativeSlug } from './stories/slugs.js'
export { Site } from './site.js'
export type { SiteOptions, Visit } from './site.js'
export { Storyblok } from './stories/reader.js'
export type { Link, StoriesPage } from './stories/reader.js'
