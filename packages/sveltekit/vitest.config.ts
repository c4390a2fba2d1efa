import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'
import { testModules } from './test/plugins.ts'

export default defineConfig({
  plugins: [svelte(), svelteTesting(), testModules()],
  test: {
    name: 'unit:sveltekit',
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    exclude: ['src/**/*.{server,browser}.test.ts'],
  },
})
