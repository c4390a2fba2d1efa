import { describe, expect, it } from 'vitest'
import { createFolder, runKeyblok } from '../test-support.js'

const commands = [
  'init',
  'doctor',
  'tokens list',
  'tokens create',
  'tokens rotate',
  'tokens revoke',
  'pat list',
  'pat create',
  'pat revoke',
  'pull',
  'migrate',
  'types',
  'space',
  'space export',
  'fingerprint',
]

const escape = String.fromCodePoint(27)

describe.each(commands)('keyblok %s', (command) => {
  it('has help with examples, for people and for pipes', async () => {
    const { exitCode, stdout } = await runKeyblok([...command.split(' '), '--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('EXAMPLES')
    expect(stdout).toMatch(new RegExp(`npx keyblok ${command}`))
    expect(stdout).toMatch(/--json +\S/)
    expect(stdout).not.toContain(escape)
  })

  it('refuses an option that it does not have', async () => {
    const { exitCode, stderr } = await runKeyblok([...command.split(' '), 'a', '--nope'])
    expect(exitCode).toBe(2)
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/ {4}at /)
  })
})

describe('keyblok', () => {
  it('lists each command in its help', async () => {
    const { stdout } = await runKeyblok(['--help'])
    for (const name of new Set(commands.map((command) => command.split(' ')[0]))) expect(stdout).toContain(`  ${name} `)
  })

  it.each([[['nope']], [['tokens', 'nope']], [['space', 'nope']]])('refuses %j', async (words) => {
    const { exitCode, stderr } = await runKeyblok(words)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/nope/)
  })

  it('gives an error as JSON alone where JSON was asked for', async () => {
    for (const words of [
      ['types', '--json'],
      ['doctor', '--json', '--nope'],
      ['tokens', 'create', '--json'],
    ]) {
      const { exitCode, stdout, stderr } = await runKeyblok(words)
      expect(exitCode).not.toBe(0)
      expect(JSON.parse(stdout)).toEqual({ error: expect.objectContaining({ message: expect.any(String) }) })
      expect(stderr).toBe('')
    }
  })

  it('works in the folder that --dir names, whatever it is called', async () => {
    const folder = createFolder({ 'my apps/ünïcode/package.json': '{ "dependencies": { "astro": "^7.0.0" } }' })
    const { exitCode } = await runKeyblok(['init', '--yes', '--dry-run', '--dir', 'my apps/ünïcode'], { cwd: folder })
    expect(exitCode).toBe(0)
    const missing = await runKeyblok(['init', '--yes', '--dir', 'nowhere'], { cwd: folder })
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no folder nowhere.') })
  })
})
