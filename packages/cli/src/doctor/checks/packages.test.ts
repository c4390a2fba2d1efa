import { describe, expect, it } from 'vitest'
import { packageFindings } from '../catalogue/packages.js'
import { itFinds, look } from '../test-support.js'
import { packagesCheck } from './packages.js'

type Files = Record<string, string>

const withSentry = '{"dependencies":{"astro":"7","@keyblok/astro":"1","keyblok":"1","@sentry/node":"11"}}'

/** A site as it should be; packages by their names. */
const site: Files = {
  'package.json': JSON.stringify({
    dependencies: {
      astro: '^7.0.0',
      '@astrojs/node': '^11.0.0',
      '@keyblok/astro': '^1.0.0',
      keyblok: '^1.0.0',
      '@storyblok/preview-bridge': '^2.3.1',
    },
  }),
  ...install('astro', '7.3.5'),
  ...install('@astrojs/node', '11.1.6', { astro: '^7.0.0' }),
  ...install('@keyblok/astro', '1.2.0', { astro: '^7.0.0', '@storyblok/preview-bridge': '^2.3.1' }),
  ...install('keyblok', '1.2.0'),
  ...install('@keyblok/core', '1.2.0'),
  ...install('@storyblok/preview-bridge', '2.3.1'),
}

function install(name: string, version: string, peerDependencies: Files = {}, folder = ''): Files {
  const manifest = JSON.stringify({ name, version, peerDependencies })
  return { [`${folder}node_modules/${name}/package.json`]: manifest }
}

const withFiles = (files: Files) => () => look(packagesCheck, { files: { ...site, ...files } })

function without(start: string): Files {
  return Object.fromEntries(Object.entries(site).filter(([file]) => !file.startsWith(start)))
}

describe('the check of packages', () => {
  itFinds(packageFindings, {
    'apps-elsewhere': {
      says: 'There is one in apps/web: --dir apps/web',
      look: () =>
        look(packagesCheck, {
          files: {
            'package.json': '{}',
            'apps/web/package.json': '{"devDependencies":{"@sveltejs/kit":"^3"}}',
            'apps/api/package.json': '{"dependencies":{"hono":"^4"}}',
          },
        }),
    },
    'keyblok-missing': {
      says: 'package.json: @keyblok/astro is not installed.',
      look: () => look(packagesCheck, { files: without('node_modules/@keyblok/astro') }),
    },
    'version-unsupported': {
      says: '@keyblok/astro takes astro ^7.0.0, and 6.4.1 is installed.',
      look: withFiles(install('astro', '6.4.1')),
    },
    'node-unsupported': { says: '.nvmrc: It names Node v20.11.', look: withFiles({ '.nvmrc': 'v20.11\n' }) },
    'keyblok-mixed': {
      says: 'Installed are @keyblok/astro 1.2.0, keyblok 1.1.0.',
      look: withFiles(install('keyblok', '1.1.0')),
    },
    'core-twice': {
      says: '@keyblok/core is installed 2 times: 1.2.0, 1.1.0.',
      look: withFiles(install('@keyblok/core', '1.1.0', {}, 'node_modules/keyblok/')),
    },
    'preview-bridge-missing': {
      says: '@storyblok/preview-bridge is not installed.',
      look: () => look(packagesCheck, { files: without('node_modules/@storyblok') }),
    },
    'official-sdk-beside': {
      says: 'package.json: storyblok-js-client is installed beside Keyblok.',
      look: withFiles({
        'package.json': '{"dependencies":{"astro":"7","@keyblok/astro":"1","keyblok":"1","storyblok-js-client":"7"}}',
      }),
    },
    'telemetry-unscrubbed': {
      says: 'package.json: @sentry/node records requests, and nothing scrubs them.',
      look: withFiles({ 'package.json': withSentry, 'src/hooks.ts': "import '@sentry/node'" }),
    },
  })

  it('takes requests for scrubbed where the project imports what does so', async () => {
    const files = { ...site, 'package.json': withSentry, 'instrument.mjs': "import '@keyblok/core/telemetry'" }
    expect((await look(packagesCheck, { files })).findings).toEqual([])
  })

  it('finds nothing where all goes together, and names the versions', async () => {
    const { findings, said } = await look(packagesCheck, { files: site })
    expect(findings).toEqual([])
    expect(said).toContain('astro 7.3.5, @astrojs/node 11.1.6, @keyblok/astro 1.2.0')
  })

  it('misses no bridge where Storyblok’s own script was chosen', async () => {
    const files = {
      ...without('node_modules/@storyblok'),
      'astro.config.mjs': "keyblok({ preview: { bridge: 'cdn' } })",
    }
    expect((await look(packagesCheck, { files })).findings).toEqual([])
  })

  it('finds an adapter of a host that was made for another framework’s version', async () => {
    const files = { ...site, ...install('@astrojs/node', '10.0.0', { astro: '^6.0.0' }) }
    expect((await look(packagesCheck, { files })).findings).toMatchObject([
      { what: '@astrojs/node takes astro ^6.0.0, and 7.3.5 is installed.' },
    ])
  })
})
