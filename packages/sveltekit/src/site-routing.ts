import type { Routing } from '@keyblok/core'

/** What SvelteKit's configuration says of paths: the plugin loads this module with it. Elsewhere it is nothing. */
export const siteRouting: Routing = {}
