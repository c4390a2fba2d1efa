export { default as StoryblokComponent } from './StoryblokComponent.astro'
export {
  getLiveStory,
  getPayload,
  renderRichText,
  storyblokEditable,
  useStoryblokApi,
  useStoryblokBridge,
} from '../dist/compat/server.js'
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
} from '../dist/compat/server.js'
