// Kit refuses this import in browser code, and with it this entry.
import '$app/server'

export { storyblokHandle } from './handle.js'
export type { StoryblokHandleOptions } from './handle.js'
export { storyLoad } from './loads/story-load.js'
export type { StoryLoadOptions } from './loads/story-load.js'
export { storiesLoad } from './loads/stories-load.js'
export type { StoriesLoadOptions } from './loads/stories-load.js'
export { storyEntries } from './loads/story-entries.js'
export type { StoryEntriesOptions } from './loads/story-entries.js'
export { prerenderStories } from './loads/prerender-stories.js'
export { toPageData } from './page/to-page-data.js'
export { privateAssets } from './assets/private-assets.js'
export type { PrivateAssetsOptions } from './assets/private-assets.js'
export type { RequestedAsset } from '@keyblok/core/assets'
export { storyblokWebhook } from './webhooks/storyblok-webhook.js'
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
