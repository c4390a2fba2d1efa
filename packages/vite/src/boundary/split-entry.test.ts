import { join } from 'node:path'
import { build } from 'vite'
import type { Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { createFolder } from '../test-support.js'
import { splitEntry } from './split-entry.js'

const files = {
  'browser.js': "export const show = () => 'shown'\nexport const read = () => { throw new Error('refused') }",
  'server.js': "export const show = () => 'shown'\nexport const read = () => 'SECRET CODE'",
  'guarded.js': "throw new Error('GUARDED')",
}

/** Bundles a module that imports from a split entry, and gives the code. */
async function bundle(code: string, how: 'client' | 'ssr' = 'client'): Promise<string> {
  const root = createFolder({ ...files, 'page.js': code })
  const plugin = splitEntry({
    entry: 'pkg/split',
    browserFile: join(root, 'browser.js'),
    serverNames: ['read'],
    serverEntry: 'pkg/guarded',
  })
  const alias = { 'pkg/split': join(root, 'server.js'), 'pkg/guarded': join(root, 'guarded.js') }
  const entry = join(root, 'page.js')
  const result = await build({
    root,
    logLevel: 'silent',
    configFile: false,
    plugins: [
      plugin,
      {
        name: 'packages',
        resolveId: (id) => (Object.hasOwn(alias, id) ? alias[id as keyof typeof alias] : undefined),
      },
    ],
    build: { write: false, minify: false, ssr: how === 'ssr' ? entry : false, rolldownOptions: { input: entry } },
  })
  return (result as Rolldown.RolldownOutput).output.map((output) => ('code' in output ? output.code : '')).join('\n')
}

describe('an entry that gives servers more than browsers', () => {
  it('gives each its own file', async () => {
    const code = "import { show } from 'pkg/split'\nconsole.log(show())"
    expect(await bundle(code)).not.toContain('GUARDED')
    expect(await bundle("import * as all from 'pkg/split'\nconsole.log(all)")).not.toContain('SECRET CODE')
    expect(await bundle("import * as all from 'pkg/split'\nconsole.log(all)", 'ssr')).toContain('SECRET CODE')
  })

  it.each([
    "import { read } from 'pkg/split'\nconsole.log(read())",
    "import { show, read as other } from 'pkg/split'\nconsole.log(show(), other())",
    "import { 'read' as other } from 'pkg/split'\nconsole.log(other())",
    "export { read } from 'pkg/split'",
    "export { read as other } from 'pkg/split'",
  ])('leads to the guarded entry: %s', async (code) => {
    expect(await bundle(code)).toContain('GUARDED')
  })

  it('leads a server nowhere else', async () => {
    expect(await bundle("export { read } from 'pkg/split'", 'ssr')).not.toContain('GUARDED')
  })

  it.each(["import { show as read } from 'pkg/split'\nconsole.log(read())", "console.log('pkg/split read')"])(
    'leaves alone what only looks like it: %s',
    async (code) => {
      expect(await bundle(code)).not.toContain('GUARDED')
    },
  )
})
