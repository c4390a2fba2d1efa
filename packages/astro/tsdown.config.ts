import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/compat/browser.ts',
    'src/compat/server.ts',
    'src/image-service.ts',
    'src/index.ts',
    'src/live/editor.ts',
    'src/live/endpoint.ts',
    'src/live/out-of-preview.ts',
    'src/middleware.ts',
    'src/page-cache/route-cache.ts',
    'src/server.ts',
    'src/stories.ts',
    'src/testing.ts',
    'src/toolbar/app.ts',
    'src/webhooks/webhook.ts',
  ],
  format: 'esm',
  platform: 'neutral',
  unbundle: true,
  dts: true,
  // Provided by Astro and by the integration when a site is built.
  external: [/^astro:/, /^virtual:/],
})
