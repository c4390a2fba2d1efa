export { keyblok } from './vite/keyblok.js'
export type { KeyblokOptions, RichTextPageOptions } from './vite/options.js'
