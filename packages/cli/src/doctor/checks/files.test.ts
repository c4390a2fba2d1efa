import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileFindings } from '../catalogue/files.js'
import type { Check } from '../check.js'
import { itFinds, look } from '../test-support.js'
import { buildOutputCheck } from './build-output.js'
import { committedCheck } from './committed.js'
import { envFilesCheck } from './env-files.js'

const token = 'fakePREVIEWfakePREVIEWtt'
const personal = 'sb_pat_fakePERSONALfakePERSON1tt'
const env = { STORYBLOK_PREVIEW_TOKEN: token }
const envFile = `STORYBLOK_PREVIEW_TOKEN=${token}`

/** Makes the environment file one that its owner alone may read, as whoever takes care does. */
const asOwners = (check: Check, mode = 0o600): Check => ({
  ...check,
  run: (context) => {
    chmodSync(join(context.folder, '.env'), mode)
    return check.run(context)
  },
})

describe('the checks of files', () => {
  itFinds(fileFindings, {
    'token-committed': {
      says: 'src/api.ts:1:12: It holds the preview token (raw), and git tracks it.',
      look: () =>
        look(committedCheck, { env, files: { 'src/api.ts': `const t = '${token}'` }, tracked: ['src/api.ts'] }),
    },
    'looks-like-token': {
      says: 'notes.md:1:1: It holds what looks like a personal access token, and git tracks it.',
      look: () => look(committedCheck, { files: { 'notes.md': personal }, tracked: ['notes.md'] }),
    },
    'env-file-not-ignored': {
      says: '.env: It holds tokens, and git does not ignore it.',
      look: () => look(asOwners(envFilesCheck), { files: { '.env': envFile }, tracked: [] }),
    },
    'env-file-readable': {
      says: '.env: It holds tokens, and other users may read it.',
      look: () => look(asOwners(envFilesCheck, 0o644), { files: { '.env': envFile } }),
    },
    'token-in-output': {
      says: 'dist/client/app.js:1:6: It holds the preview token (base64).',
      look: () => look(buildOutputCheck, { env, files: { 'dist/client/app.js': `f = "${btoa(token)}"` } }),
    },
    'looks-like-token-in-output': {
      says: 'build/app.js:1:5: It holds what looks like a personal access token.',
      look: () => look(buildOutputCheck, { files: { 'build/app.js': `f = ${personal}` } }),
    },
    'token-in-server-bundle': {
      says: 'dist/server/entry.mjs:1:1: It holds the preview token (raw).',
      look: () => look(buildOutputCheck, { env, files: { 'dist/server/entry.mjs': token, 'dist/client/a.js': '' } }),
    },
  })

  it('finds nothing where tokens are in an ignored file of their owner alone', async () => {
    const files = { '.env': envFile, '.gitignore': '.env', 'dist/index.html': '<p>Hello</p>', 'src/a.ts': 'fine' }
    for (const check of [asOwners(envFilesCheck), committedCheck, buildOutputCheck]) {
      const { findings } = await look(check, { env, files, tracked: ['src/a.ts', '.gitignore'] })
      expect(findings).toEqual([])
    }
  })

  it('takes placeholders for no tokens', async () => {
    const example = 'STORYBLOK_PREVIEW_TOKEN=your-preview-token\nSTORYBLOK_PUBLIC_TOKEN=<token>'
    const files = { '.env': example, '.env.example': example }
    for (const check of [envFilesCheck, committedCheck]) {
      const { findings } = await look(check, { files, tracked: ['.env.example'] })
      expect(findings).toEqual([])
    }
  })

  it('hides a token that is in the name of a file', async () => {
    const name = `${token}.js`
    const committed = await look(committedCheck, { env, files: { [name]: '' }, tracked: [name] })
    const built = await look(buildOutputCheck, { env, files: { [`dist/${name}`]: '' } })
    const places = [...committed.findings, ...built.findings].map(({ where }) => where)
    expect(places).toEqual([`${'*'.repeat(token.length)}.js`, `dist/${'*'.repeat(token.length)}.js`])
  })

  it('tells what browsers get from what servers run, in each kind of output', async () => {
    const files = Object.fromEntries(
      [
        'dist/_worker.js/index.js',
        'dist/index.html',
        'build/client/a.js',
        'build/prerendered/a.html',
        'build/server/a.js',
        'build/handler.js',
        '.svelte-kit/output/client/a.js',
        '.svelte-kit/output/server/a.js',
        '.vercel/output/static/a.js',
        '.vercel/output/functions/render.func/a.js',
        '.netlify/build/entry.mjs',
        'build/.env',
      ].map((file) => [file, token]),
    )
    const { findings, said } = await look(buildOutputCheck, { env, files })
    const filesOf = (id: string) => findings.filter((one) => one.id === id).map(({ where }) => where?.split(':')[0])
    expect(filesOf('token-in-output').toSorted()).toEqual([
      '.svelte-kit/output/client/a.js',
      '.vercel/output/static/a.js',
      'build/client/a.js',
      'build/prerendered/a.html',
      'dist/index.html',
    ])
    expect(filesOf('token-in-server-bundle')).toHaveLength(6)
    expect(said).toContain('5 files for browsers, 6 of servers')
  })
})
