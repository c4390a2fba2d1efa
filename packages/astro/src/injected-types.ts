/** What the integration tells TypeScript of a site. */
export const injectedTypes = `declare namespace App {
  interface Locals {
    /** Reads Storyblok content with the access of this request. */
    storyblok: import('@keyblok/astro/server').Storyblok
  }
}

declare module 'virtual:keyblok/bloks' {
  /** The site's components, by the names of their bloks. */
  const bloks: Record<string, ((props: any) => unknown) | import('@keyblok/astro/stories').LazyBlok<(props: any) => unknown> | null>
  export default bloks
}

declare module 'virtual:keyblok/space' {
  /** The site's space, with the routing of its Astro configuration. */
  const space: import('@keyblok/astro/stories').Space
  export default space
}

// Plain tsc does not know what an Astro file holds; astro check does, and goes by the file itself.
declare module '*.astro' {
  const Component: (props: any) => any
  export default Component
}
` as const
