// For browsers: what a page needs that changes.
export { share } from './browser/share.js'
