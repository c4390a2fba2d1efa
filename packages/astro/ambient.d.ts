declare module 'virtual:keyblok/options' {
  const options: { dev: boolean; drafts?: import('@keyblok/core').DraftsPolicy }
  export default options
}

declare namespace App {
  interface Locals {
    storyblok: import('@keyblok/core/server').Storyblok
  }
}
