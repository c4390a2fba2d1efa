export { default as StoryblokComponent } from './StoryblokComponent.astro'
export * from '../dist/compat/server.js'
