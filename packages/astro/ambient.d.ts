declare module 'virtual:keyblok/options' {
  const options: {
    dev: boolean
    drafts?: import('@keyblok/core').DraftsPolicy
    guard?: import('@keyblok/core/server').AnswerGuardOptions
    spaces?: import('@keyblok/core').EnvPrefix[]
    routing: import('@keyblok/core').Routing
    built?: import('@keyblok/core/server').Environment
  }
  export default options
}

declare module 'virtual:keyblok/space' {
  const space: import('@keyblok/core').Space
  export default space
}

declare namespace App {
  interface Locals {
    storyblok: import('@keyblok/core/server').Storyblok
  }
}
