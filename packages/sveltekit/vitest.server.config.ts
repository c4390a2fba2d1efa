import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { testModules } from './test/plugins.ts'

// Components as a server renders them: without a browser's conditions and globals.
export default defineConfig({
  plugins: [svelte(), testModules()],
  test: { name: 'unit:sveltekit-server', environment: 'node', include: ['src/**/*.server.test.ts'] },
})
