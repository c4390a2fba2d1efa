import type { DemoSpace, Unresolved } from '@keyblok/playground-content'
import type { space } from './stories'

declare module '@keyblok/astro/stories' {
  interface Spaces<R> {
    default: DemoSpace<R & Unresolved>
  }
  interface Register {
    space: typeof space
  }
}
