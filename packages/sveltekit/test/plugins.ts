import { virtualModules } from '@keyblok/vite'
import type { Plugin } from 'vite'
import { pictureModule } from '../src/vite/picture-module.js'
import { richTextModule } from '../src/vite/rich-text-module.js'

const richTextTypes = ['heading', 'link', 'blok'] as const

/** What an app's plugin provides, for the components' tests. */
export function testModules(): Plugin[] {
  return [
    virtualModules({
      bloks: 'test/fixtures/bloks.ts',
      bloksDefaults: [],
      extension: '.svelte',
      options: () => ({ privateAssets: '/assets', richText: { components: richTextTypes } }),
    }),
    pictureModule(),
    richTextModule(richTextTypes),
  ]
}
