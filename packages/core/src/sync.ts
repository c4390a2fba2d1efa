// For servers: brings copies of stories up to date.
export { syncStories } from './stories/sync.js'
export type { Sync, SyncOptions, SyncState } from './stories/sync.js'
