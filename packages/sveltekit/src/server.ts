// Kit refuses this import in browser code, and with it this entry.
import '$app/server'

export { storyblokHandle } from './handle.js'
export { storyEntries } from './story-entries.js'
export { storyLoad } from './story-load.js'
export type { Link, SpaceInfo, StoriesPage, Storyblok } from '@keyblok/core/server'
