import { createServer } from 'vite'
import { expect, it, onTestFinished } from 'vitest'
import { kitDefaults } from './kit-defaults.js'

async function deniedFiles(deny?: string[]): Promise<string[]> {
  const server = await createServer({
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false, watch: null, fs: deny ? { deny } : {} },
    plugins: [kitDefaults()],
  })
  onTestFinished(() => server.close())
  return server.config.server.fs.deny
}

it('adds the generated file to what Vite refuses anyway', async () => {
  const vite = await createServer({
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false, watch: null },
  })
  onTestFinished(() => vite.close())
  const denied = await deniedFiles()
  expect(denied).toEqual(expect.arrayContaining(vite.config.server.fs.deny))
  expect(denied).toContain('**/generated/dev/env/config.js')
})

it('adds it to a site’s own list', async () => {
  expect(await deniedFiles(['*.secret'])).toEqual(
    expect.arrayContaining(['*.secret', '**/generated/dev/env/config.js']),
  )
})
