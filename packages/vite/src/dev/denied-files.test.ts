import { createServer } from 'vite'
import { expect, it, onTestFinished } from 'vitest'
import { denyFiles } from './denied-files.js'

async function deniedFiles(own?: string[], patterns?: string[]): Promise<string[]> {
  const server = await createServer({
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false, watch: null, fs: own ? { deny: own } : {} },
    plugins: [{ name: 'test', config: (config) => (patterns ? denyFiles(config, patterns) : {}) }],
  })
  onTestFinished(() => server.close())
  return server.config.server.fs.deny
}

it('adds files to what Vite refuses anyway', async () => {
  const denied = await deniedFiles(undefined, ['secret.js'])
  expect(denied).toEqual(expect.arrayContaining([...(await deniedFiles()), 'secret.js']))
})

it('adds them to a site’s own list', async () => {
  expect(await deniedFiles(['*.own'], ['secret.js'])).toEqual(expect.arrayContaining(['*.own', 'secret.js']))
})
