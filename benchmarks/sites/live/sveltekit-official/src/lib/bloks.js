import { storyblokInit } from '@storyblok/svelte'
import Page from './Page.svelte'
import Row from './Row.svelte'

// Browsers know the components, and neither a token nor the API.
storyblokInit({ components: { page: Page, row: Row }, bridge: true })
