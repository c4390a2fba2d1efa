import { virtualModules } from '@keyblok/vite'
import type { Plugin } from 'vite'
import { richTextModule } from '../src/vite/rich-text-module.js'

/** What an app's plugin provides, for the components' tests. */
export function testModules(): Plugin[] {
  return [
    virtualModules({
      bloks: 'test/fixtures/bloks.ts',
      bloksDefaults: [],
      extension: '.svelte',
      options: () => ({ privateAssets: '/assets' }),
    }),
    richTextModule(),
  ]
}
