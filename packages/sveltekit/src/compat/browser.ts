import { KeyblokError } from '@keyblok/core'

// What browsers get of `@keyblok/sveltekit/compat`: nothing here can read a token.
export { default as StoryblokComponent } from './StoryblokComponent.svelte'
export { useStoryblokBridge } from '@keyblok/core/compat'
export { renderRichText } from './render-rich-text.js'
export { storyblokEditable } from './storyblok-editable.js'

/** Refuses: the guard finds it by name, and this is for code that has no names, such as a dynamic import. */
export function useStoryblokApi(): never {
  throw new KeyblokError('KB_SERVER_ONLY', 'useStoryblokApi() was called in the browser.')
}

export { useStoryblokApi as getStoryblokApi }
