declare module 'virtual:keyblok/options' {
  const options: {
    dev: boolean
    drafts?: import('@keyblok/core').DraftsPolicy
    guard?: import('@keyblok/core/server').AnswerGuardOptions
    spaces?: import('@keyblok/core').EnvPrefix[]
    privateAssets?: string
    routing: import('@keyblok/core').Routing
    built?: import('@keyblok/core/server').Environment
  }
  export default options
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
