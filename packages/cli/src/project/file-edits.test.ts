import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder } from '../test-support.js'
import { applyEdits, showEdits } from './file-edits.js'
import type { FileEdit } from './file-edits.js'
import { createTerminal } from '../terminal/terminal.js'

const move: FileEdit[] = [
  { file: 'a/+page.js', before: 'code', after: undefined },
  { file: 'a/+page.server.js', before: undefined, after: 'code' },
]

/** Gives what is shown of edits. */
function shown(edits: readonly FileEdit[]): string {
  const lines: string[] = []
  showEdits(edits, { ...createTerminal({ json: true }), line: (text = '') => void lines.push(text) })
  return lines.join('\n')
}

describe('applyEdits', () => {
  it('writes and deletes, and leaves nothing beside', () => {
    const folder = createFolder({ 'a/+page.js': 'code' })
    applyEdits(folder, move)
    expect(readdirSync(join(folder, 'a'))).toEqual(['+page.server.js'])
    expect(readFileSync(join(folder, 'a/+page.server.js'), 'utf8')).toBe('code')
  })

  it('deletes nothing when a file cannot be written, and says what was written', () => {
    const folder = createFolder({ 'a/+page.js': 'code' })
    mkdirSync(join(folder, 'a/+page.server.js'))
    const edits = [{ file: 'a/+layout.js', before: undefined, after: 'layout' }, ...move]
    expect(() => applyEdits(folder, edits)).toThrow(
      /^a\/\+page\.server\.js could not be written: .+ Nothing was deleted\. Written before: a\/\+layout\.js\.$/,
    )
    expect(readFileSync(join(folder, 'a/+page.js'), 'utf8')).toBe('code')
    expect(readdirSync(join(folder, 'a')).toSorted()).toEqual(['+layout.js', '+page.js', '+page.server.js'])
  })

  it('says so when nothing was written either', () => {
    const folder = createFolder({ 'a/+page.js': 'code' })
    mkdirSync(join(folder, 'a/+page.server.js'))
    expect(() => applyEdits(folder, move)).toThrow(/Nothing was deleted, and nothing was written before\.$/)
  })

  it('deletes nothing when a folder is a link that leads nowhere', () => {
    const folder = createFolder({ 'a.js': 'code' })
    symlinkSync('nowhere', join(folder, 'b'))
    const edits = [
      { file: 'a.js', before: 'code', after: undefined },
      { file: 'b/a.js', before: undefined, after: 'code' },
    ]
    expect(() => applyEdits(folder, edits)).toThrow('Nothing was deleted')
    expect(readFileSync(join(folder, 'a.js'), 'utf8')).toBe('code')
  })

  it('puts a file in the place of a link that leads nowhere', () => {
    const folder = createFolder({ 'a/+page.js': 'code' })
    symlinkSync('nowhere', join(folder, 'a/+page.server.js'))
    applyEdits(folder, move)
    expect(readFileSync(join(folder, 'a/+page.server.js'), 'utf8')).toBe('code')
    expect(existsSync(join(folder, 'a/nowhere'))).toBe(false)
  })

  it('follows a link, and keeps it', () => {
    const folder = createFolder({ 'real.js': 'old' })
    symlinkSync('real.js', join(folder, 'link.js'))
    applyEdits(folder, [{ file: 'link.js', before: 'old', after: 'new' }])
    expect(lstatSync(join(folder, 'link.js')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real.js'), 'utf8')).toBe('new')
  })

  it.skipIf(process.platform === 'win32')('keeps who may read and run a file', () => {
    const folder = createFolder({ 'run.js': 'old' })
    chmodSync(join(folder, 'run.js'), 0o751)
    applyEdits(folder, [{ file: 'run.js', before: 'old', after: 'new' }])
    expect(statSync(join(folder, 'run.js')).mode & 0o777).toBe(0o751)
  })

  it('leaves a file that is read-only', () => {
    const folder = createFolder({ 'a.js': 'old' })
    chmodSync(join(folder, 'a.js'), 0o444)
    expect(() => applyEdits(folder, [{ file: 'a.js', before: 'old', after: 'new' }])).toThrow('read-only')
    expect(readFileSync(join(folder, 'a.js'), 'utf8')).toBe('old')
  })

  it.skipIf(process.platform === 'win32')('lets the owner alone read an environment file', () => {
    const folder = createFolder()
    writeFileSync(join(folder, '.env'), '')
    applyEdits(folder, [{ file: '.env', before: '', after: 'A=1\n' }])
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
  })
})

describe('showEdits', () => {
  it.each(['fakePREVIEWfakePREVIEWtt', 'sb_pat_fakeFAKE-fake_FAKE'])('shows no token: %s', (token) => {
    const before = `a('${token}')\nb()\n`
    const text = shown([
      { file: 'a.js', before, after: before.replace('b', 'c') },
      { file: 'b.js', before: undefined, after: before },
    ])
    expect(text).toContain("a('•••')")
    expect(text).not.toContain(token)
  })

  it('shows words that are as long, and longer ones', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz_tt watt fakePREVIEWfakePREVIEWttfake'
    expect(shown([{ file: 'a.js', before: undefined, after: text }])).toContain(text)
  })

  it('lets no name or content control the terminal', () => {
    const text = shown([
      { file: 'a\u001B[2J.js', before: undefined, after: 'b\u001B]0;c\u0007\n\td\n' },
      { file: 'e\u0007.js', before: 'f\u001Bg\n', after: 'f\u001Bh\n' },
      { file: 'i\u001B.js', before: '', after: undefined },
    ])
    expect(text.replaceAll('\n', '')).toContain('a�[2J.js')
    // Tabs are content, and the styles of this command are the only ones.
    expect(text).toContain('\td')
    expect(text).not.toContain('\u0007')
    expect(text).not.toContain('\u001B')
  })
})
