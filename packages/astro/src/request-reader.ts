import type { Storyblok } from '@keyblok/core/server'

interface Storage {
  run<T>(storyblok: Storyblok, work: () => T): T
  getStore(): Storyblok | undefined
}

/** Some runtimes have no such module, unless they are told to: there, a loader knows no request. */
const storage: Storage | undefined = await import('node:async_hooks').then(
  ({ AsyncLocalStorage }) => new AsyncLocalStorage<Storyblok>(),
  () => undefined,
)

/** Whether the runtime can tell whose request it is. */
export const knowsRequests: boolean = storage !== undefined

/** Runs what belongs to a request, so that a loader finds its reader. */
export function withReader<T>(storyblok: Storyblok, work: () => T): T {
  return storage ? storage.run(storyblok, work) : work()
}

/** The reader of the current request; `undefined` outside of one, and where the runtime cannot tell. */
export function currentReader(): Storyblok | undefined {
  return storage?.getStore()
}
