import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { virtualModules } from '@keyblok/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    svelte(),
    svelteTesting(),
    virtualModules({ bloks: 'test/fixtures/bloks.ts', bloksDefaults: [], options: {} }),
  ],
  test: {
    name: 'unit:sveltekit',
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    exclude: ['src/**/*.server.test.ts'],
  },
})
