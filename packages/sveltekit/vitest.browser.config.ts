import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { ensureBrowser } from '../../e2e/src/support/ensure-browser.ts'
import { testModules } from './test/plugins.ts'

// Components in a real browser.
export default defineConfig(async () => {
  const executablePath = await ensureBrowser()
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
  return {
    plugins: [svelte(), testModules()],
    test: {
      name: 'unit:sveltekit-browser',
      include: ['src/**/*.browser.test.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        instances: [{ browser: 'chromium' as const }],
        provider: playwright({ launchOptions: { executablePath, args } }),
      },
    },
  }
})
