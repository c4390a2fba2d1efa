export { privateAssets } from './assets/private-assets.js'
export type { PrivateAssetsOptions } from './assets/private-assets.js'
export type { RequestedAsset } from '@keyblok/core/assets'
export { storyblokWebhook } from './webhooks/storyblok-webhook.js'
export { languagePaths, storyPaths } from './paths/story-paths.js'
export type { StoryPath, StoryPathsOptions } from './paths/story-paths.js'
export { storyLoader } from './collections/story-loader.js'
export type { StoryLoader, StoryLoaderOptions } from './collections/story-loader.js'
export { liveStoryLoader } from './collections/live-story-loader.js'
export type { LiveStoriesFilter, LiveStoryFilter } from './collections/live-story-loader.js'
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
