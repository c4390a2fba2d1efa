import { defineConfig } from 'vitest/config'

const unit = (name: string) => ({
  test: { name: `unit:${name}`, root: `packages/${name}`, include: ['{src,editor}/**/*.test.ts'] },
})

const types = (name: string, folder = 'src', tsconfig = './tsconfig.json') => ({
  test: {
    name: `types:${name}`,
    root: `packages/${name}`,
    include: [],
    typecheck: { enabled: true, only: true, include: [`${folder}/**/*.test-d.ts`], tsconfig },
  },
})

export default defineConfig({
  test: {
    projects: [
      ...['core', 'space', 'vite', 'cli', 'astro'].map(unit),
      'packages/sveltekit/vitest.config.ts',
      'packages/sveltekit/vitest.server.config.ts',
      'packages/sveltekit/vitest.browser.config.ts',
      types('astro'),
      types('sveltekit', 'test/types', './test/types/tsconfig.json'),
      'playgrounds/astro/vitest.config.ts',
      'e2e/vitest.config.ts',
    ],
  },
})
