import node from '@astrojs/node'
import preact from '@astrojs/preact'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'

export default defineConfig({
  adapter: node({ mode: 'standalone' }),
  integrations: [preact(), keyblok({ guard: { secrets: ['APP_SECRET'], serverOnly: ['src/secret/**'] } })],
  vite: {
    build: { sourcemap: true },
    define: {
      __CMS_REGION__: JSON.stringify('eu'),
      __CMS_TOKEN__: JSON.stringify(process.env.STORYBLOK_PREVIEW_TOKEN ?? ''),
    },
  },
})
