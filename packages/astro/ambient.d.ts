declare module 'virtual:keyblok/options' {
  const options: {
    dev: boolean
    drafts?: import('@keyblok/core').DraftsPolicy
    guard?: import('@keyblok/core/server').AnswerGuardOptions
    rateLimit?: boolean
    spaces?: import('@keyblok/core').EnvPrefix[]
    routing: import('@keyblok/core').Routing
    built?: import('@keyblok/core/server').Environment
  }
  export default options
}

declare namespace App {
  interface Locals {
    storyblok: import('@keyblok/core/server').Storyblok
  }
}
