import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/image-service.ts', 'src/middleware.ts', 'src/server.ts', 'src/stories.ts'],
  format: 'esm',
  platform: 'neutral',
  unbundle: true,
  dts: true,
  // Provided by Astro and by the integration when a site is built.
  external: [/^astro:/, /^virtual:/],
})
