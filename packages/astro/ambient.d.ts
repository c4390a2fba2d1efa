declare module '*.astro' {
  const Component: (props: Record<string, unknown>) => unknown
  export default Component
}

declare module 'virtual:keyblok/options' {
  const options: {
    dev: boolean
    /** Whether the site is built, rather than served in dev or checked. */
    building: boolean
    drafts?: import('@keyblok/core').DraftsPolicy
    /** Whether editors are let in. */
    preview: boolean
    /** Where the parts of the preview lie. */
    editor: import('@keyblok/core/preview').EditorParts
    /** The names of the space's components, where they are known. */
    components?: readonly string[]
    /** Whether webhooks tell the site of changes. */
    webhook: boolean
    guard?: import('@keyblok/core/server').AnswerGuardOptions
    rateLimit?: boolean
    spaces?: import('@keyblok/core').EnvPrefix[]
    privateAssets?: string
    routing: import('@keyblok/core').Routing
    built?: import('@keyblok/core/server').Environment
    /** What the configuration says in place of variables. */
    variables: Readonly<Record<string, string>>
  }
  export default options
}

declare module 'virtual:keyblok/cache-provider' {
  const createProvider: import('astro').CacheProviderFactory
  export default createProvider
}

declare module 'virtual:keyblok/bloks' {
  /** The site's components, by the names of their bloks. */
  type BlokComponent = (props: {
    blok: Pick<import('@keyblok/core').WireBlok, 'component' | '_editable'>
    data?: unknown
  }) => unknown
  const bloks: Record<string, BlokComponent | import('@keyblok/core').LazyBlok<BlokComponent> | null>
  export default bloks
}

declare module 'virtual:keyblok/blok-data' {
  const functions: import('@keyblok/core').BlokDataFunctions
  export default functions
}

declare module 'virtual:keyblok/space' {
  const space: import('@keyblok/core').Space
  export default space
}

/** The image service that Astro was configured with. */
declare module 'virtual:keyblok/image-service' {
  const service: import('astro').LocalImageService | import('astro').ExternalImageService
  export default service
}

declare namespace App {
  interface Locals {
    storyblok: import('@keyblok/core/server').Storyblok
  }
}
