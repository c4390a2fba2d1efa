/** The app asks for the collections to be loaded again. */
export const refreshEvent = 'keyblok:refresh'
/** The dev server did that. */
export const refreshedEvent = 'keyblok:refreshed'
/** The app asks what the guard found, and the guard tells; its name is the guard’s, in `@keyblok/vite`. */
export const leaksEvent = 'keyblok:leaks'

/** A secret that the guard overwrote. */
export interface Leak {
  /** Which secret it is, in words, such as `preview token`. */
  label: string
  /** The method and path that answered it. */
  route: string
}
