export { keyblok as default } from './integration.js'
export type { KeyblokOptions } from './integration.js'
