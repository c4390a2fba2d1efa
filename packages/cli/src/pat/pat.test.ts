import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { createFolder, runKeyblok, serveSpace } from '../test-support.js'

async function createAccount() {
  const space = createLocalSpace()
  const env = await serveSpace(space)
  const folder = createFolder()
  const run = (args: string[], more: Record<string, string> = {}) =>
    runKeyblok(['pat', ...args], { cwd: folder, env: { ...env, ...more } })
  /** Makes a token, and gives its value. */
  const create = async (...args: string[]) => (await run(['create', '--show', ...args])).stdout.trim()
  const reads = async (token: string, path: string): Promise<number> => {
    const headers = { authorization: token }
    return (await space.fetch(new Request(`http://space.test/v1/spaces/${space.id}/${path}`, { headers }))).status
  }
  return { space, folder, run, create, reads }
}

describe('keyblok pat', () => {
  it('makes a token that may do what was asked, and no more', async () => {
    const { create, reads } = await createAccount()
    const token = await create('--name', 'CI', '--scopes', 'stories:read')
    expect(token).toMatch(/^sb_pat_\w+$/)
    expect([await reads(token, 'stories'), await reads(token, 'components')]).toEqual([200, 403])
  })

  it('writes the value into a file, and prints it nowhere', async () => {
    const { folder, run, reads } = await createAccount()
    const args = ['create', '--name', 'CI', '--scopes', 'components:read', '--expires', '30d', '--to', '.env']
    const { exitCode, output } = await run(args)
    expect(exitCode).toBe(0)
    const token = parseEnv(readFileSync(join(folder, '.env'), 'utf8'))['STORYBLOK_PERSONAL_ACCESS_TOKEN'] ?? ''
    expect(await reads(token, 'components')).toBe(200)
    expect(output).not.toContain(token)
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
  })

  it('replaces a token of the file only where that is said', async () => {
    const { folder, run } = await createAccount()
    const args = ['create', '--name', 'CI', '--scopes', 'components:read', '--to', '.env']
    await run(args)
    const before = readFileSync(join(folder, '.env'), 'utf8')
    expect(await run(args)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Give --replace') })
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(before)
    expect((await run([...args, '--replace'])).exitCode).toBe(0)
    expect(readFileSync(join(folder, '.env'), 'utf8')).not.toBe(before)
  })

  it('lists what each may do, without a value', async () => {
    const { space, run, create } = await createAccount()
    const token = await create('--name', 'CI', '--scopes', 'stories:read', '--spaces', String(space.id))
    const { stdout } = await run(['list'])
    expect(stdout).toMatch(/Local space \(this one\) +everything +all +no end/)
    expect(stdout).toMatch(
      new RegExp(`…${token.slice(-4)} +CI +stories:read +${space.id} +\\d{4}-\\d\\d-\\d\\d +never`),
    )
    expect(stdout).not.toContain(token)
    expect(stdout).not.toContain(space.tokens.personal)
  })

  it('revokes when it is told to, and not the token that it uses', async () => {
    const { run, create, reads } = await createAccount()
    const token = await create('--name', 'CI', '--scopes', 'stories:read')
    expect((await run(['revoke', 'CI'])).stdout).toContain('Nothing was done')
    expect(await reads(token, 'stories')).toBe(200)
    expect((await run(['revoke', 'CI', '--yes'])).stdout).toContain('is revoked.')
    expect(await reads(token, 'stories')).toBe(401)
    expect((await run(['list'])).stdout).not.toContain('CI')
    expect((await run(['list', '--all'])).stdout).toMatch(/CI .* revoked \d{4}/)

    const own = await run(['revoke', 'Local space', '--yes'])
    expect(own).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is the token that this command uses') })
    expect((await run(['revoke', 'Local space', '--yes', '--force'])).exitCode).toBe(0)
    expect((await run(['list'])).exitCode).toBe(3)
  })

  it.each([
    ['no scope', ['--name', 'x', '--show'], 'Give --scopes, or --full.'],
    ['an unknown scope', ['--name', 'x', '--show', '--scopes', 'stories:reed'], 'There is no scope stories:reed.'],
    ['scopes and everything', ['--name', 'x', '--show', '--scopes', 'a:b', '--full'], '--full is everything'],
    ['a life too long', ['--name', 'x', '--show', '--full', '--expires', '400d'], 'a year is the most'],
    ['a space that is no id', ['--name', 'x', '--show', '--scopes', 'a:b', '--spaces', 'shop'], '“shop” is none'],
    ['no name', ['--scopes', 'stories:read', '--show'], 'Missing required argument: --name'],
    [
      'no place for the value',
      ['--name', 'x', '--scopes', 'stories:read'],
      'Nobody is here to ask. Give --to .env, or --show',
    ],
  ])('refuses %s', async (_what, args, message) => {
    const { run } = await createAccount()
    expect(await run(['create', ...args])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) })
    expect((await run(['list', '--json'])).stdout.match(/"id"/g)).toHaveLength(1)
  })

  it('says what right it needs where the token is a scoped one', async () => {
    const { run, create } = await createAccount()
    const token = await create('--name', 'CI', '--scopes', 'stories:read')
    const { exitCode, output } = await run(['list'], { STORYBLOK_PERSONAL_ACCESS_TOKEN: token })
    expect(exitCode).toBe(3)
    expect(output).toContain('full user permission')
    expect(output).not.toContain(token)
  })
})
