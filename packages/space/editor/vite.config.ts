import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: '/editor/',
  plugins: [svelte({ configFile: false })],
  build: { outDir: '../dist/editor-page', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
