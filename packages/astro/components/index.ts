export { default as Blok } from './Blok.astro'
export { default as Bloks } from './Bloks.astro'
export { default as RichText } from './RichText.astro'
export { default as StoryblokImage } from './StoryblokImage.astro'
