import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/server.ts',
    'src/preview.ts',
    'src/webhooks.ts',
    'src/assets.ts',
    'src/telemetry.ts',
    'src/browser.ts',
    'src/editor.ts',
    'src/build.ts',
    'src/compat.ts',
    'src/compat-server.ts',
    'src/sync.ts',
    'src/verify.ts',
    'src/guard.ts',
    'src/schema.ts',
    'src/management.ts',
    'src/testing.ts',
  ],
  format: 'esm',
  platform: 'neutral',
  unbundle: true,
  dts: true,
})
