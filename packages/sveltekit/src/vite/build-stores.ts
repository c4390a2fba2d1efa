import { provideBuildStores } from '@keyblok/vite'
import type { Plugin } from 'vite'

/** Lets the processes by which Kit analyses and prerenders an app read each source once. */
export function buildStores(): Plugin {
  return {
    name: 'keyblok:build-stores',
    apply: 'build',
    configResolved: ({ cacheDir }) => provideBuildStores(cacheDir),
  }
}
