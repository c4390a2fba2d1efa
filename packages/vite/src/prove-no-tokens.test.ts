import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Secret } from '@keyblok/core/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { proveNoTokens } from './prove-no-tokens.js'
import type { Proof } from './prove-no-tokens.js'

const tokens = { public: 'fakePUBLICfakePUBLIC11tt', preview: 'fakePREVIEWfakePREVIEWtt' }
const secrets = [new Secret(tokens.public, 'public'), new Secret(tokens.preview, 'preview')]

/** Proves a folder with files; gives what was logged. */
async function prove(files: Record<string, string | Buffer>, options: Partial<Proof> = {}): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'keyblok-vite-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const logged: string[] = []
  const log = {
    info: (message: string) => logged.push(`info: ${message}`),
    warn: (message: string) => logged.push(`warn: ${message}`),
  }
  await proveNoTokens({ root, folders: [join(root, 'dist')], secrets, log, ...options })
  return logged
}

describe('proveNoTokens', () => {
  it('says what it searched for', async () => {
    const logged = await prove({ 'dist/a.js': 'fine', 'dist/deep/b.html': '<p>fine</p>', 'src/c.js': tokens.preview })
    expect(logged).toEqual(['info: searched 2 files for the public and preview tokens: none found'])
  })

  it('names each place, and no token', async () => {
    const files = {
      'dist/a.js': `\n\nconst x = "${tokens.preview}"`,
      'dist/deep/b.bin': Buffer.concat([Buffer.from([0xff, 0x00, 0x0a]), Buffer.from(tokens.public)]),
      'dist/c.json': btoa(`{"t":"${tokens.public}"}`),
    }
    const error: Error = await prove(files).then(
      () => new Error('nothing was thrown'),
      (reason: Error) => reason,
    )
    expect(error.message.split('\n').toSorted()).toMatchInlineSnapshot(`
      [
        "  - dist/a.js:3:12 holds the preview token (raw)",
        "  - dist/c.json:1:9 holds the public token (base64)",
        "  - dist/deep/b.bin:2:1 holds the public token (raw)",
        "[keyblok] A build holds an access token (KB_TOKEN_LEAKED).",
      ]
    `)
    for (const token of Object.values(tokens)) expect(error.message).not.toContain(token)
  })

  it('finds a token in a large file', async () => {
    const content = Buffer.concat([Buffer.alloc(5_000_000, 'x'), Buffer.from(tokens.public), Buffer.alloc(100, 'x')])
    await expect(prove({ 'dist/large.js': content })).rejects.toThrow('dist/large.js:1:5000001 holds the public token')
  })

  it('lets the kinds pass that are allowed', async () => {
    const files = { 'dist/a.js': tokens.public }
    expect(await prove(files, { allow: ['public'] })).toEqual([
      'info: searched 1 files for the preview token: none found',
    ])
    await expect(prove({ 'dist/a.js': tokens.preview }, { allow: ['public'] })).rejects.toThrow('preview token')
  })

  it.each([
    ['no token', []],
    ['only values that are found by chance', [new Secret('short', 'public')]],
  ])('proves nothing with %s', async (_name, known) => {
    const [logged] = await prove({ 'dist/a.js': 'short' }, { secrets: known })
    expect(logged).toContain('warn: not proven')
    await expect(prove({}, { secrets: known, strict: true })).rejects.toMatchObject({ code: 'KB_TOKENS_NOT_PROVEN' })
  })

  it('takes a folder that is not there for an empty one', async () => {
    expect(await prove({})).toEqual(['info: searched 0 files for the public and preview tokens: none found'])
  })
})
