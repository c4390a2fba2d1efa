// What servers get of `@keyblok/sveltekit/compat`; the plugin gives browsers another file for it.
export { default as StoryblokComponent } from './StoryblokComponent.svelte'
export { useStoryblokBridge } from '@keyblok/core/compat'
export { renderRichText } from './render-rich-text.js'
export { storyblokEditable } from './storyblok-editable.js'
export { useStoryblokApi, useStoryblokApi as getStoryblokApi } from './use-storyblok-api.js'
export type * from '@keyblok/core/compat'
