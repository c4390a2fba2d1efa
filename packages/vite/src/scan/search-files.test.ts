import { randomBytes } from 'node:crypto'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { collectSecrets } from '@keyblok/core/guard'
import { describe, expect, it } from 'vitest'
import { createFolder, knownTokens, tokens } from '../test-support.js'
import type { Files } from '../test-support.js'
import { listFiles, searchFiles } from './search-files.js'
import type { KnownFiles } from './search-files.js'
import { SecretSearch } from './secret-search.js'

const search = new SecretSearch({
  secrets: collectSecrets((name) => knownTokens[name], Object.keys(knownTokens)),
})

async function searchFolder(folder: string, known?: KnownFiles): Promise<string[]> {
  const { findings } = await searchFiles(listFiles([folder]), search, known)
  return findings.map(
    ({ file, line, column, label, count }) => `${file.slice(folder.length + 1)}:${line}:${column} ${label} ×${count}`,
  )
}

const searched = (files: Files): Promise<string[]> => searchFolder(createFolder(files))

describe('searchFiles', () => {
  it('tells line and column, in text and in other bytes', async () => {
    const found = await searched({
      'a.js': `\n\nconst x = "${tokens.preview}"`,
      'deep/b.bin': Buffer.concat([Buffer.from([0xff, 0x00, 0x0a]), Buffer.from(tokens.public)]),
      'fine.html': '<p>fine</p>',
    })
    expect(found).toEqual(['a.js:3:12 preview token ×1', 'deep/b.bin:2:1 public token ×1'])
  })

  it('counts what a file holds of one secret, and tells each secret', async () => {
    const text = `${tokens.public} ${tokens.public}\n${tokens.preview} ${btoa(tokens.public)}`
    expect(await searched({ 'a.js': text })).toEqual(['a.js:1:1 public token ×3', 'a.js:2:1 preview token ×1'])
  })

  it.each([5_000_000, 4_194_304, 4_194_304 - 10, 4_194_304 - 300, 8_388_000])(
    'finds a token at %i bytes, where a large file is read in parts',
    async (position) => {
      const content = Buffer.concat([
        Buffer.alloc(position, 'x'),
        Buffer.from(`-${tokens.public}-`),
        Buffer.alloc(9_000_000 - position, 'x'),
      ])
      expect(await searched({ 'large.js': content })).toEqual([`large.js:1:${position + 2} public token ×1`])
    },
  )

  it.each([
    ['gz', gzipSync],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['zst', zstdCompressSync],
  ])('looks into a packed copy: .%s', async (extension, pack) => {
    const name = `a.js.${extension}`
    const lines = Buffer.concat([Buffer.alloc(3_000_000, 'x\n'), Buffer.from(tokens.preview)])
    expect(await searched({ [name]: pack(lines) })).toEqual([`${name}:1500001:1 preview token ×1`])
    // Too large to be unpacked at once, as long as it is packed.
    const random = randomBytes(2_000_000).toString('hex')
    const large = Buffer.from(`${random}\n${tokens.preview}`)
    expect(await searched({ [name]: pack(large) })).toEqual([`${name}:2:1 preview token ×1`])
    expect(await searched({ [name]: pack(Buffer.from('fine')) })).toEqual([])
  })

  it('tells what cannot be unpacked', async () => {
    const folder = createFolder({ 'a.js.gz': 'no archive' })
    const { files, unread, findings } = await searchFiles(listFiles([folder]), search)
    expect(findings).toEqual([])
    expect([files, unread]).toEqual([0, [{ file: join(folder, 'a.js.gz'), reason: expect.stringContaining('header') }]])
  })

  it('searches what cannot be unpacked as it is, and up to where it can', async () => {
    const broken = gzipSync(
      Buffer.concat([Buffer.from(`${tokens.preview}\n`), Buffer.from(randomBytes(2_000_000).toString('hex'))]),
    ).subarray(0, -6)
    const folder = createFolder({ 'a.js.gz': tokens.public, 'b.js.gz': broken })
    const { findings, unread } = await searchFiles(listFiles([folder]), search)
    expect(findings.map(({ label }) => label)).toEqual(['public token', 'preview token'])
    expect(unread).toHaveLength(2)
  })

  it('follows symbolic links, once', async () => {
    const folder = createFolder({ 'real/a.js': tokens.public })
    symlinkSync(join(folder, 'real'), join(folder, 'real/loop'))
    symlinkSync(join(folder, 'real/a.js'), join(folder, 'b.js'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'))
    symlinkSync(join(folder, 'self'), join(folder, 'self'))
    symlinkSync(createFolder({ 'c.js': tokens.public }), join(folder, 'outside'))
    expect((await searchFolder(folder)).toSorted()).toEqual([
      'b.js:1:1 public token ×1',
      'outside/c.js:1:1 public token ×1',
      'real/a.js:1:1 public token ×1',
    ])
  })

  it('finds a token in the name of a file', async () => {
    const { findings } = await searchFiles(listFiles([createFolder({ [`a/${tokens.public}.html`]: 'fine' })]), search)
    expect(findings).toMatchObject([{ label: 'public token', isInName: true }])
  })

  it('takes a folder that is not there for an empty one', async () => {
    expect(await searchFolder('/nowhere/at/all')).toEqual([])
  })

  it('remembers files that are still the same, with what they hold', async () => {
    const folder = createFolder({ 'a.js': tokens.public, 'b.js': 'fine' })
    const known: KnownFiles = new Map()
    const first = await searchFolder(folder, known)
    expect(await searchFolder(folder, known)).toEqual(first)
    expect(known.size).toBe(2)
  })
})
