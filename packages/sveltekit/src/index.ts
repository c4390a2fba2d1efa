export { keyblok } from './vite/keyblok.js'
export type { KeyblokOptions, PreviewOptions, RichTextPageOptions } from './vite/options.js'
