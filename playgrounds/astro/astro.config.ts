import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'

export default defineConfig({
  adapter: node({ mode: 'standalone' }),
  i18n: { locales: ['en', 'de'], defaultLocale: 'en' },
  integrations: [keyblok({ preview: { path: '/_preview' }, types: { content: '../content/space' } })],
})
