import { build } from 'vite'
import type { InlineConfig, Rollup } from 'vite'
import { describe, expect, it } from 'vitest'
import { createFolder } from '../test-support.js'
import type { Files } from '../test-support.js'
import { bridgeModule } from './bridge-module.js'
import type { BridgeSource } from './bridge-module.js'
import { editorScript } from './editor-script.js'

const bridge: Files = {
  'node_modules/@storyblok/preview-bridge/package.json': '{ "name": "x", "type": "module", "exports": "./index.js" }',
  'node_modules/@storyblok/preview-bridge/index.js': 'export default class TheBridge {}',
}
const site: Files = {
  'index.html': '<script type="module" src="/main.js"></script>',
  'main.js': 'import { shared } from "./shared.js"\ndocument.title = shared',
  'shared.js': 'export const shared = "shared by both"',
  'editor.js': 'import { shared } from "./shared.js"\nexport const start = (load) => load().then(() => shared)',
  'package.json': '{}',
}

async function buildSite(files: Files, source?: BridgeSource) {
  const root = createFolder({ ...site, ...files })
  const warnings: string[] = []
  const script = editorScript({ entry: `${root}/editor.js`, folder: () => 'assets' })
  const config: InlineConfig = {
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [script.plugin, bridgeModule(source)],
    build: { write: false, rollupOptions: { onwarn: ({ message }) => void warnings.push(message ?? '') } },
  }
  const { output } = (await build(config)) as Rollup.RollupOutput
  const chunks = output.filter((file) => file.type === 'chunk')
  return { warnings, chunks, editor: chunks.find(({ fileName }) => fileName === script.path())! }
}

describe('the script of editors’ pages', () => {
  it('is a chunk of the build that nothing else imports, and shares the site’s modules', async () => {
    const { chunks, editor } = await buildSite(bridge)
    expect(editor.fileName).toMatch(/^assets\/keyblok-editor\.\w+\.js$/)
    expect(
      chunks.filter(({ imports, dynamicImports }) => [...imports, ...dynamicImports].includes(editor.fileName)),
    ).toEqual([])
    expect(chunks.filter(({ code }) => code.includes('shared by both'))).toHaveLength(1)
  })

  it('loads the bridge that the site installed, when it runs', async () => {
    const { chunks, editor } = await buildSite(bridge)
    expect(editor.code).not.toContain('TheBridge')
    expect(
      chunks.filter(({ code }) => code.includes('TheBridge')).length + editor.dynamicImports.length,
    ).toBeGreaterThan(0)
  })

  it('is built without the bridge too, and says how to have it', async () => {
    const { editor, warnings } = await buildSite({})
    expect(warnings.join()).toContain('install @storyblok/preview-bridge')
    expect(editor.code).toContain('@storyblok/preview-bridge is installed')
  })

  it('loads Storyblok’s own script where that is chosen', async () => {
    const { editor, warnings } = await buildSite({}, 'cdn')
    expect(editor.code).toContain('https://app.storyblok.com/f/storyblok-v2-latest.js')
    expect(warnings).toEqual([])
  })
})
