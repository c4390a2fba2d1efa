// For builds: keeps what one process read for the next.
export { buildStoreVariables, createBuildStore, findBuildStores } from './stories/build-store.js'
export type { BuildStore } from './stories/bulk.js'
