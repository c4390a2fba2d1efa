export { keyblok } from './vite/keyblok.js'
export type { KeyblokOptions } from './vite/keyblok.js'
