export { keyblok as default } from './integration.js'
export type { KeyblokOptions, PreviewOptions } from './options.js'
