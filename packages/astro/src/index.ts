export { keyblok as default } from './integration.js'
export type { ImagesOptions, KeyblokOptions, PreviewOptions } from './options.js'
