import type { DemoSpace, Unresolved } from '@keyblok/playground-content'
import type { space } from './stories.ts'

declare module '@keyblok/sveltekit/stories' {
  interface Spaces<R> {
    default: DemoSpace<R & Unresolved>
  }
  interface Register {
    space: typeof space
  }
}
