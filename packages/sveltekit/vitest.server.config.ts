import { svelte } from '@sveltejs/vite-plugin-svelte'
import { virtualModules } from '@keyblok/vite'
import { defineConfig } from 'vitest/config'

// Components as a server renders them: without a browser's conditions and globals.
export default defineConfig({
  plugins: [svelte(), virtualModules({ bloks: 'test/fixtures/bloks.ts', bloksDefaults: [], options: {} })],
  test: { name: 'unit:sveltekit-server', environment: 'node', include: ['src/**/*.server.test.ts'] },
})
