export { default as Blok } from './Blok.svelte'
export { default as Bloks } from './Bloks.svelte'
