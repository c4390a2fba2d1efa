export { storyPaths } from './story-paths.js'
export type { StoryPath } from './story-paths.js'
export type { Link, SpaceInfo, StoriesPage, Storyblok } from '@keyblok/core/server'
