export { privateAssets } from './private-assets.js'
export type { PrivateAssetsOptions } from './private-assets.js'
export type { RequestedAsset } from '@keyblok/core/assets'
export { storyblokWebhook } from './storyblok-webhook.js'
export { storyPaths } from './story-paths.js'
export type { StoryPath } from './story-paths.js'
export type {
  DatasourceEntry,
  Link,
  PrivateAsset,
  ReadOptions,
  SpaceInfo,
  StoriesPage,
  Storyblok,
  Tag,
} from '@keyblok/core/server'
