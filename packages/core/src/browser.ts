// For browsers: what a page needs to follow an editor.
export { share } from './browser/share.js'
