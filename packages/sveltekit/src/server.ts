// Kit refuses this import in browser code, and with it this entry.
import '$app/server'

export { storyblokHandle } from './handle.js'
export { storyblokWebhook } from './storyblok-webhook.js'
export { storyEntries } from './story-entries.js'
export { storyLoad } from './story-load.js'
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
