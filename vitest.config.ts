import { defineConfig } from 'vitest/config'

const unit = (name: string) => ({
  test: { name: `unit:${name}`, root: `packages/${name}`, include: ['{src,editor}/**/*.test.ts'] },
})

const types = (name: string) => ({
  test: {
    name: `types:${name}`,
    root: `packages/${name}`,
    include: [],
    typecheck: { enabled: true, only: true, include: ['src/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
  },
})

export default defineConfig({
  test: {
    projects: [
      ...['core', 'space', 'vite', 'cli', 'astro'].map(unit),
      'packages/sveltekit/vitest.config.ts',
      'packages/sveltekit/vitest.server.config.ts',
      types('astro'),
      'e2e/vitest.config.ts',
    ],
  },
})
