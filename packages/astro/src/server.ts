export { privateAssets } from './private-assets.js'
export type { PrivateAssetsOptions } from './private-assets.js'
export type { RequestedAsset } from '@keyblok/core/assets'
export { storyblokWebhook } from './storyblok-webhook.js'
export { languagePaths, storyPaths } from './story-paths.js'
export type { StoryPath, StoryPathsOptions } from './story-paths.js'
export { storyLoader } from './story-loader.js'
export type { StoryLoader, StoryLoaderOptions } from './story-loader.js'
export { liveStoryLoader } from './live-story-loader.js'
export type { LiveStoriesFilter, LiveStoryFilter } from './live-story-loader.js'
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
