import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'
import { isGuarded, unlessGuarded } from '../guard-plugins.js'

/** The integration, without the guard in a run that measures what the guard costs. */
function measured(integration) {
  const setup = integration.hooks['astro:config:setup']
  integration.hooks['astro:config:setup'] = (options) =>
    setup({
      ...options,
      updateConfig: ({ integrations, vite, ...config }) =>
        options.updateConfig({
          ...config,
          ...(isGuarded && { integrations }),
          vite: { ...vite, plugins: unlessGuarded(vite.plugins) },
        }),
    })
  return integration
}

export default defineConfig({
  adapter: node({ mode: 'standalone' }),
  integrations: [measured(keyblok({ guard: { responses: process.env.BENCH_RESPONSES === '1' } }))],
})
