import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'vite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { typesPlugin } from './types-plugin.js'
import type { TypesPluginOptions } from './types-plugin.js'

const defaults = { defaultOut: 'src/types.ts', module: '@keyblok/astro/stories' }

/** Starts a dev server on a project whose components were pulled. */
async function startDev(types?: TypesPluginOptions['types']) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyblok-dev-types-')))
  const folder = join(root, '.storyblok/components/1')
  mkdirSync(folder, { recursive: true })
  const pull = (text: string) => writeFileSync(join(folder, 'components.json'), text)
  pull(JSON.stringify([{ name: 'first', schema: {} }]))
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    plugins: [typesPlugin({ ...defaults, types })],
  })
  onTestFinished(async () => {
    await server.close()
    rmSync(root, { recursive: true, force: true })
  })
  return { pull, out: join(root, 'src/types.ts'), server }
}

describe('the dev server', () => {
  it('writes types when it starts and when components are pulled, and outlives a pull that broke off', async () => {
    const { pull, out } = await startDev()
    expect(readFileSync(out, 'utf8')).toContain('interface First')
    await vi.waitFor(
      () => {
        pull('[')
        pull(JSON.stringify([{ name: 'second', schema: {} }]))
        expect(readFileSync(out, 'utf8')).toContain('interface Second')
      },
      { timeout: 15_000, interval: 300 },
    )
  })

  it('writes none where the site says so', async () => {
    const { out } = await startDev(false)
    expect(existsSync(out)).toBe(false)
  })
})
