import { execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFolder } from '../test-support.js'
import { writeEnvFile } from './write-env-file.js'

function createRepository(files: Record<string, string>, tracked: string[] = []): string {
  const folder = createFolder(files)
  execFileSync('git', ['init', '-q'], { cwd: folder })
  if (tracked.length > 0) execFileSync('git', ['add', '--', ...tracked], { cwd: folder })
  return folder
}

describe('writeEnvFile', () => {
  it('makes a file that its owner alone can read, and leaves nothing beside it', () => {
    const folder = createFolder({ '.env': 'A=1\n' })
    chmodSync(join(folder, '.env'), 0o644)
    writeEnvFile(join(folder, '.env'), { B: '2' })
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('A=1\nB=2\n')
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['.env'])
  })

  it('refuses a file that git tracks, through a link too', () => {
    const folder = createRepository({ '.env': 'A=1\n' }, ['.env'])
    expect(() => writeEnvFile(join(folder, '.env'), { A: '2' })).toThrow('git tracks')
    symlinkSync('.env', join(folder, '.env.local'))
    expect(() => writeEnvFile(join(folder, '.env.local'), { A: '2' })).toThrow('git tracks')
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('A=1\n')
  })

  it('refuses a tracked file of a repository that git takes for somebody else’s', () => {
    const folder = createRepository({ '.env': 'A=1\n' }, ['.env'])
    const own = process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER']
    process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1'
    onTestFinished(() => {
      if (own === undefined) delete process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER']
    })
    // Without more ado git answers nothing there.
    expect(() => execFileSync('git', ['ls-files'], { cwd: folder, stdio: 'pipe' })).toThrow('dubious ownership')
    expect(() => writeEnvFile(join(folder, '.env'), { A: '2' })).toThrow('git tracks')
  })

  it('writes nothing where git cannot tell', () => {
    const folder = createRepository({ '.env': 'A=1\n' })
    const path = process.env['PATH']
    process.env['PATH'] = folder
    onTestFinished(() => {
      process.env['PATH'] = path
    })
    expect(() => writeEnvFile(join(folder, '.env'), { A: '2' })).toThrow('git does not tell')
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('A=1\n')
  })

  it('tells when git would add the file', () => {
    const folder = createRepository({ '.gitignore': '.env\n' })
    expect(writeEnvFile(join(folder, '.env'), { A: '2' }).addable).toBe(false)
    expect(writeEnvFile(join(folder, '.env.production'), { A: '2' }).addable).toBe(true)
    expect(writeEnvFile(join(createFolder(), '.env'), { A: '2' }).addable).toBe(false)
  })

  it('follows a link, and keeps it', () => {
    const folder = createFolder({ 'shared/env': 'A=1\n' })
    symlinkSync('shared/env', join(folder, '.env'))
    writeEnvFile(join(folder, '.env'), { A: '2' })
    expect(lstatSync(join(folder, '.env')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'shared/env'), 'utf8')).toBe('A=2\n')
  })

  it('leaves a read-only file as it is', () => {
    const folder = createFolder({ '.env': 'A=1\n' })
    chmodSync(join(folder, '.env'), 0o444)
    expect(() => writeEnvFile(join(folder, '.env'), { A: '2' })).toThrow('read-only')
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('A=1\n')
  })
})
