/** What the integration asks Astro to load again when something was published. */
export const loaderName = 'keyblok'
