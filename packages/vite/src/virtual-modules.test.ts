import { fileURLToPath } from 'node:url'
import { build, createServer } from 'vite'
import type { InlineConfig } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFolder } from './test-support.js'
import type { Files } from './test-support.js'
import { virtualModules } from './virtual-modules.js'
import type { VirtualModuleOptions } from './virtual-modules.js'

// The folder has no packages, so the core is imported by its file.
const entry = fileURLToPath(import.meta.resolve('@keyblok/core'))
// What `defineSpace` makes.
const space = `{ name: 'default', envPrefix: 'STORYBLOK', home: 'start', resolveRelations: [] }`

function configOf(files: Files, options: Partial<VirtualModuleOptions>): InlineConfig {
  const defaults = { bloks: undefined, bloksDefaults: [], storiesDefaults: ['src/stories.ts', 'src/stories.js'], entry }
  return {
    root: createFolder(files),
    configFile: false,
    logLevel: 'silent',
    plugins: [virtualModules({ ...defaults, extension: '.astro', options: () => ({}), ...options })],
  }
}

/** Imports a module as a server does. */
async function load(id: string, files: Files, options: Partial<VirtualModuleOptions> = {}): Promise<unknown> {
  const server = await createServer({ ...configOf(files, options), server: { middlewareMode: true, ws: false } })
  onTestFinished(() => server.close())
  return (await server.ssrLoadModule(id))['default']
}

describe('virtual:keyblok/space', () => {
  it('is the space that the site defines, with the framework’s routing', async () => {
    const files = { 'src/stories.ts': `export const pages = { perPage: 25 }\nexport const space = ${space}` }
    expect(await load('virtual:keyblok/space', files, { routing: () => ({ base: '/docs' }) })).toMatchObject({
      home: 'start',
      base: '/docs',
    })
  })

  it('is in the file that the site names', async () => {
    const files = { 'lib/space.js': `export default ${space}` }
    expect(await load('virtual:keyblok/space', files, { stories: 'lib/space.js' })).toMatchObject({ home: 'start' })
  })

  it('is all defaults without a definition', async () => {
    expect(await load('virtual:keyblok/space', {})).toMatchObject({ name: 'default', home: 'home' })
  })

  it('says that a named file is not there', async () => {
    await expect(load('virtual:keyblok/space', {}, { stories: 'src/storis.ts' })).rejects.toThrow(
      /KB_CONFIGURATION_INVALID.*The option “stories” names src\/storis\.ts, and there is no such file/,
    )
  })

  it('can be imported by browser code, and brings nothing along that only a server has', async () => {
    const files = {
      'src/stories.ts': `export const space = ${space}`,
      'index.html': '<script type="module" src="/main.js"></script>',
      'main.js': `import space from 'virtual:keyblok/space'\ndocument.title = space.home`,
    }
    const options = { options: () => ({ spaces: ['STORYBLOK_OTHER'] }) }
    const result = await build({ ...configOf(files, options), build: { write: false, minify: false } })
    const code = JSON.stringify(result)
    expect(code).toContain('home: \\"start\\"')
    expect(code).not.toMatch(/STORYBLOK_OTHER|PUBLIC_TOKEN|node:/)
  })
})

describe('virtual:keyblok/bloks', () => {
  it('is the site’s map, or an empty one', async () => {
    const files = { 'src/bloks.js': `export default { hero: 'Hero' }` }
    expect(await load('virtual:keyblok/bloks', files, { bloks: 'src/bloks.js' })).toEqual({ hero: 'Hero' })
    expect(await load('virtual:keyblok/bloks', {})).toEqual({})
  })

  it('says that a named map is not there', async () => {
    await expect(load('virtual:keyblok/bloks', {}, { bloks: 'src/block.ts' })).rejects.toThrow(
      /The option “bloks” names/,
    )
  })
})

describe('virtual:keyblok/options', () => {
  it('is what was configured', async () => {
    expect(await load('virtual:keyblok/options', {}, { options: () => ({ dev: true }) })).toEqual({ dev: true })
  })
})
