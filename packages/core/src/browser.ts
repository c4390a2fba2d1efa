// For browsers: what a page needs that changes, or that hears of changes.
export { share } from './browser/share.js'
export { useStoryblokBridge } from './compat/use-storyblok-bridge.js'
