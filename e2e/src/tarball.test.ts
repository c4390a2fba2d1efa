import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanEnvironment, repository } from '../../scripts/lib/playground.ts'

let folder: string
let tarballs: string[]

/** Runs a command of npm's, as somebody without this repository does. */
function run(command: 'npm' | 'npx', args: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: cleanEnvironment({ npm_config_audit: 'false', npm_config_fund: 'false', CI: '1' }),
    encoding: 'utf8',
  })
  return { exitCode: status, stdout, output: stdout + stderr }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyblok-tarballs-'))
  // pnpm writes versions in the place of `workspace:`, as it does when it publishes.
  const filters = ['core', 'vite', 'space', 'astro'].map((name) => `--filter=@keyblok/${name}`)
  const args = ['-y', 'pnpm@12', '--recursive', ...filters, '--filter=keyblok', 'pack', '--pack-destination', folder]
  execFileSync('npx', args, { cwd: repository, stdio: 'ignore' })
  tarballs = readdirSync(folder).map((name) => join(folder, name))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed command line', () => {
  it('runs through npx, and brings its starter content along', () => {
    expect(tarballs).toHaveLength(5)
    const project = join(folder, 'site')
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'site', dependencies: { astro: '^7.3.0' } }))
    const packages = tarballs.flatMap((tarball) => ['--package', tarball])
    const call = (...args: string[]) => run('npx', ['-y', ...packages, 'keyblok', ...args], project)
    expect(call('--version')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    expect(call('doctor', '--help').stdout).toContain('EXAMPLES')
    const set = call('init', '--yes', '--no-install', '--json')
    expect(set.exitCode, set.output).toBe(0)
    const { changes } = JSON.parse(set.stdout) as { changes: { file: string }[] }
    expect(changes.map(({ file }) => file)).toContain('.storyblok/components/100001/components.json')
  })
})
