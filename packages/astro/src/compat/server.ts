// What servers get of `@keyblok/astro/compat`, beside the components.
export { storyblokEditable, useStoryblokBridge } from '@keyblok/core/compat'
export { getLiveStory, getPayload } from './live-story.js'
export { renderRichText } from './render-rich-text.js'
export { useStoryblokApi } from './use-storyblok-api.js'
export type * from '@keyblok/core/compat'
