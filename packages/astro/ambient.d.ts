declare module 'virtual:keyblok/options' {
  const options: { drafts?: import('@keyblok/core').DraftsPolicy }
  export default options
}

declare namespace App {
  interface Locals {
    storyblok: import('@keyblok/core/server').Storyblok
  }
}
