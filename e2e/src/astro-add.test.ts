import { chmodSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { build, runCommand } from '../../scripts/lib/playground.ts'
import { createFixture, knownTokens } from './support/fixture.ts'

/** A registry that knows one package, by the package.json in the repository. */
async function startRegistry(name: string): Promise<string> {
  const manifest = readFileSync(createRequire(import.meta.url).resolve(`${name}/package.json`))
  const server = createServer(({ url }, response) => {
    const found = url === `/${name}/latest`
    response.writeHead(found ? 200 : 404).end(found ? manifest : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('astro add takes the package for an integration, and writes a configuration that builds', async () => {
  const folder = createFixture('astro', {
    'astro.config.mjs': "import { defineConfig } from 'astro/config'\n\nexport default defineConfig({})\n",
    'package-lock.json': '{}',
    // Astro asks npm for the registry, and has it install; the package is there already.
    'bin/npm': '#!/bin/sh\nif [ "$1" = config ]; then echo "$REGISTRY"; else echo "$@" >> bin/installed; fi\n',
  })
  chmodSync(join(folder, 'bin/npm'), 0o755)
  const environment = {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`,
    REGISTRY: await startRegistry('@keyblok/astro'),
  }

  const { exitCode, output } = await runCommand('astro', ['add', '@keyblok/astro', '--yes'], environment, folder)
  expect(exitCode, output).toBe(0)
  expect(readFileSync(join(folder, 'bin/installed'), 'utf8')).toMatch(/^i @keyblok\/astro\S*\n$/)
  const config = readFileSync(join(folder, 'astro.config.mjs'), 'utf8')
  expect(config).toMatch(/import keyblok from ['"]@keyblok\/astro['"]/)
  expect(config).toMatch(/integrations: \[keyblok\(\)\]/)
  const built = await build('astro', knownTokens, folder)
  expect(built.output).toContain('browsers get none')
  expect(built.exitCode).toBe(0)
})
