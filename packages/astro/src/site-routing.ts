import type { Routing } from '@keyblok/core'

/** What Astro's configuration says of paths: the integration loads this module with it. Elsewhere it is nothing. */
export const siteRouting: Routing = {}
