import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'

export default defineConfig({
  adapter: node({ mode: 'standalone' }),
  integrations: [keyblok({ types: { content: '../content/space' } })],
})
