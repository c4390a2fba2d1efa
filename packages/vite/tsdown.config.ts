import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/files.ts'],
  format: 'esm',
  platform: 'node',
  fixedExtension: false,
  unbundle: true,
  dts: true,
})
