// Kit refuses this import in browser code, and with it this entry. Remote functions are experimental in SvelteKit.
import '$app/server'

export { prerenderStory, storiesQuery, storyQuery } from './queries/story-query.js'
export type { StoriesQueryArgument, StoryQueryArgument } from './queries/arguments.js'
