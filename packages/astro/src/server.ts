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
