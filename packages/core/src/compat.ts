// Runs anywhere: what code for Storyblok's own packages imports, without the client.
export { renderRichText } from './compat/render-rich-text.js'
export { storyblokEditable } from './compat/storyblok-editable.js'
export { useStoryblokBridge } from './compat/use-storyblok-bridge.js'
export type {
  ISbCustomFetch,
  ISbLinksParams,
  ISbResult,
  ISbStories,
  ISbStoriesParams,
  ISbStory,
  ISbStoryData,
  ISbStoryParams,
  SbBlokData,
  StoryblokClient,
} from './compat/types.js'
