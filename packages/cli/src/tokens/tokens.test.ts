import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace, LocalSpaceOptions } from '@keyblok/space'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFolder, demoContent, runKeyblok, serveSpace } from '../test-support.js'
import type { RunOptions } from '../test-support.js'

interface Key {
  id: number
  access: string
  name: string
  token: string
  story_ids: number[]
  release_ids: number[]
  min_cache: number
}

/** A project whose `.env` leads to a space that runs. */
async function createProject(options: LocalSpaceOptions = {}) {
  const space = createLocalSpace(options)
  const { STORYBLOK_PERSONAL_ACCESS_TOKEN: personal = '', ...env } = await serveSpace(space)
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`)
  const folder = createFolder({ '.env': lines.join('') })
  const run = (args: string[], more: RunOptions = {}) =>
    runKeyblok(['tokens', ...args], {
      cwd: folder,
      ...more,
      env: { STORYBLOK_PERSONAL_ACCESS_TOKEN: personal, ...more.env },
    })
  const variables = () => parseEnv(readFileSync(join(folder, '.env'), 'utf8'))
  return { space, folder, run, variables, env }
}

async function manage(space: LocalSpace, path: string, init?: RequestInit): Promise<Record<string, unknown>> {
  const headers = { authorization: space.tokens.personal }
  const response = await space.fetch(new Request(`http://space.test/v1/${path}`, { ...init, headers }))
  return (await response.json()) as Record<string, unknown>
}

async function keysOf(space: LocalSpace): Promise<Key[]> {
  return (await manage(space, `spaces/${space.id}/api_keys`))['api_keys'] as Key[]
}

async function reads(space: LocalSpace, token: string, version: string): Promise<boolean> {
  const url = `http://space.test/v2/cdn/spaces/me?version=${version}&token=${token}`
  return (await space.fetch(new Request(url))).ok
}

describe('keyblok tokens list', () => {
  it('shows kinds, names and who holds them, and no token', async () => {
    const { space, run } = await createProject()
    const { stdout, exitCode, output } = await run(['list'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      new RegExp(`preview +…${space.tokens.preview.slice(-4)} +Preview +– +STORYBLOK_PREVIEW_TOKEN`),
    )
    expect(stdout).toMatch(/public .* STORYBLOK_PUBLIC_TOKEN/)
    expect(stdout).toMatch(/asset +….{4} +Assets +– +–/)
    for (const token of Object.values(space.tokens)) expect(output).not.toContain(token)
  })

  it('gives JSON alone, without a token', async () => {
    const { space, run } = await createProject()
    const { stdout } = await run(['list', '--json'])
    const { tokens } = JSON.parse(stdout) as { tokens: { kind: string; variables: string[] }[] }
    expect(tokens.map(({ kind }) => kind)).toEqual(['public', 'preview', 'asset', 'release'])
    expect(tokens[1]?.variables).toEqual(['STORYBLOK_PREVIEW_TOKEN'])
    for (const token of Object.values(space.tokens)) expect(stdout).not.toContain(token)
  })

  it('names the scope that a personal access token lacks', async () => {
    const { space, run } = await createProject()
    const body = JSON.stringify({ name: 'narrow', scopes: ['stories:read'] })
    const { full_token: narrow } = await manage(space, 'personal_access_tokens', {
      method: 'POST',
      body,
    })
    const { exitCode, stderr } = await run(['list'], { env: { STORYBLOK_PERSONAL_ACCESS_TOKEN: String(narrow) } })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('the scope spaces:read')
  })

  it('says which scopes to create a token with where there is none', async () => {
    const { run } = await createProject()
    const { exitCode, stderr } = await run(['list'], { env: { STORYBLOK_PERSONAL_ACCESS_TOKEN: '' } })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('with the scopes spaces:read.')
  })

  it('sends a token of the environment to no address that a file names, but this machine', async () => {
    const { folder, run } = await createProject()
    const url = 'https://api.example.invalid'
    writeFileSync(join(folder, '.env.local'), `STORYBLOK_API_URL=${url}\n`)
    const { exitCode, stderr } = await run(['list'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('A file of this project names api.example.invalid as the API')
    // Where somebody set it themselves, it is asked, and cannot be reached.
    expect((await run(['list'], { env: { STORYBLOK_API_URL: url } })).stderr).toContain('cannot be reached')
  }, 30_000)

  it('shows names on one line, without what controls a terminal', async () => {
    const { space, run } = await createProject()
    const body = JSON.stringify({ api_key: { access: 'public', name: 'a\u001B[2Jb\nc' } })
    await manage(space, `spaces/${space.id}/api_keys`, { method: 'POST', body })
    expect((await run(['list'])).stdout).toContain('a�[2Jb�c')
  })

  it('says that the API cannot be reached, and where it is', async () => {
    const { run } = await createProject()
    const url = await closedAddress()
    const { exitCode, stderr } = await run(['list'], { env: { STORYBLOK_API_URL: url } })
    expect(exitCode).toBe(3)
    expect(stderr).toContain(`${url} cannot be reached: ECONNREFUSED`)
  }, 30_000)
})

describe('keyblok tokens create', () => {
  it('writes a narrowed token into a file that only its owner reads', async () => {
    const { space, folder, run } = await createProject({ content: demoContent })
    const file = join(folder, '.env.review')
    const narrowing = ['--stories', 'articles/,imprint', '--min-cache', '60', '--name', 'Review']
    const { exitCode, output } = await run(['create', '--kind', 'preview', '--show', ...narrowing])
    expect(exitCode).toBe(0)
    const made = (await keysOf(space)).at(-1)
    expect(made).toMatchObject({ access: 'private', name: 'Review', min_cache: 60 })
    expect(made?.story_ids).toHaveLength(2)
    expect(output.split(made?.token ?? '–')).toHaveLength(2)

    const second = await run(['create', '--kind', 'public', '--to', file], {
      env: { STORYBLOK_PUBLIC_TOKEN: ' ' },
    })
    expect(second.stderr).toMatch(/^Created the public token “Keyblok” \(….{4}\) with the id 6\.$/m)
    expect(parseEnv(readFileSync(file, 'utf8'))['STORYBLOK_PUBLIC_TOKEN']).toBe((await keysOf(space)).at(-1)?.token)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(second.output).not.toContain((await keysOf(space)).at(-1)?.token)
  })

  it('makes nothing that has no place', async () => {
    const { space, folder, run } = await createProject()
    expect(await run(['create', '--show'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Give --kind public, or --kind preview.'),
    })
    expect(await run(['create', '--kind', 'public'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--show'),
    })
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '.env'], { cwd: folder })
    const tracked = await run(['create', '--kind', 'public', '--to', '.env'])
    expect(tracked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('git tracks .env') })
    expect(await keysOf(space)).toHaveLength(4)
  })

  it('keeps a variable that is set, and makes nothing', async () => {
    const { space, run, variables } = await createProject()
    const { exitCode, stderr } = await run(['create', '--kind', 'public', '--to', '.env'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('STORYBLOK_PUBLIC_TOKEN is set in .env already.')
    expect(variables()['STORYBLOK_PUBLIC_TOKEN']).toBe(space.tokens.public)
    expect(await keysOf(space)).toHaveLength(4)
  })

  it.each(['asset', 'release'])('says where %s tokens are made by hand', async (kind) => {
    const { space, run } = await createProject()
    const { exitCode, stderr } = await run(['create', '--kind', kind, '--show'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`https://app.storyblok.com/#/me/spaces/${space.id}/settings?tab=api`)
  })

  it('gives the settings page to those who are no admins', async () => {
    const { space, run } = await createProject()
    const body = JSON.stringify({ name: 'reader', scopes: ['spaces:read'] })
    const { full_token: reader } = await manage(space, 'personal_access_tokens', {
      method: 'POST',
      body,
    })
    const env = { STORYBLOK_PERSONAL_ACCESS_TOKEN: String(reader) }
    const { exitCode, stderr } = await run(['create', '--kind', 'public', '--show'], { env })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('the scope spaces:write')
    expect(stderr).toContain('settings?tab=api')
  })

  it('explains a story that is not there', async () => {
    const { run } = await createProject()
    const { exitCode, stderr } = await run(['create', '--kind', 'public', '--show', '--stories', 'nope'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('The space has no story or folder nope.')
  })
})

describe('keyblok tokens revoke', () => {
  it('does nothing until it is told to', async () => {
    const { space, run } = await createProject()
    const dry = await run(['revoke', 'Public'])
    expect(dry.stdout).toContain('Nothing was done: --yes does it.')
    expect(dry.stderr).toContain('STORYBLOK_PUBLIC_TOKEN holds this token here.')
    expect(await reads(space, space.tokens.public, 'published')).toBe(true)
    expect((await run(['revoke', 'Public', '--yes'])).stdout).toContain('is revoked.')
    expect(await reads(space, space.tokens.public, 'published')).toBe(false)
  })

  it('keeps the only preview token, unless it is forced', async () => {
    const { space, run } = await createProject()
    const kept = await run(['revoke', 'Preview', '--yes'])
    expect(kept).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('the only preview token') })
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)
    expect((await run(['revoke', 'Preview', '--yes', '--force'])).exitCode).toBe(0)
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(false)
  })

  it('asks for the id where a name is not enough', async () => {
    const { space, run } = await createProject()
    for (const id of [1, 2]) {
      const body = JSON.stringify({ api_key: { access: 'public', name: `Twin`, min_cache: id } })
      await manage(space, `spaces/${space.id}/api_keys`, {
        method: 'POST',
        body,
      })
    }
    expect((await run(['revoke', 'Twin', '--yes'])).stderr).toContain('Several tokens are called “Twin”.')
    expect((await run(['revoke', '99'])).stderr).toContain('The space has no token “99”.')
    expect(await keysOf(space)).toHaveLength(6)
  })
})

describe('keyblok tokens rotate', () => {
  it('lets both tokens be valid, and revokes the old one when it is run again', async () => {
    const { space, folder, run, variables } = await createProject()
    const old = space.tokens.preview
    const first = await run(['rotate', '--overlap', '1s'])
    expect(first.exitCode).toBe(0)
    const [fresh = '', second] = (variables()['STORYBLOK_PREVIEW_TOKEN'] ?? '').split(',')
    expect(second).toBe(old)
    expect([await reads(space, fresh, 'draft'), await reads(space, old, 'draft')]).toEqual([true, true])
    expect(first.stdout).toContain('npx wrangler secret put STORYBLOK_PREVIEW_TOKEN')

    const last = await run(['rotate', '--wait', '--yes'])
    expect(last.stdout).toContain('is revoked.')
    expect(variables()['STORYBLOK_PREVIEW_TOKEN']).toBe(fresh)
    expect([await reads(space, fresh, 'draft'), await reads(space, old, 'draft')]).toEqual([true, false])
    expect(readdirSync(join(folder, '.keyblok'))).toEqual(['.gitignore'])
    for (const { output } of [first, last]) {
      expect(output).not.toContain(fresh)
      expect(output).not.toContain(old)
    }
  })

  it('revokes nothing without --yes, nor before the overlap is over', async () => {
    const { space, run } = await createProject()
    expect((await run(['rotate'])).stdout).toMatch(/Token 2 stays valid until 20/)
    const early = await run(['rotate', '--yes'])
    expect(early.stdout).toContain('stays valid until')
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)

    const other = await createProject()
    expect((await other.run(['rotate', '--overlap', '0'])).stdout).toContain('Nothing was done: --yes does it.')
    expect(await reads(other.space, other.space.tokens.preview, 'draft')).toBe(true)
    expect((await other.run(['rotate', '--yes'])).stdout).toContain('Token 2 is revoked.')
    expect(await reads(other.space, other.space.tokens.preview, 'draft')).toBe(false)
  })

  it('keeps the narrowing and the name', async () => {
    const { space, run } = await createProject()
    const body = JSON.stringify({ api_key: { access: 'public', name: 'Shop', min_cache: 30, story_ids: [7] } })
    await manage(space, `spaces/${space.id}/api_keys`, {
      method: 'POST',
      body,
    })
    expect((await run(['rotate', '--kind', 'public', '--token', 'Shop'])).exitCode).toBe(0)
    expect((await keysOf(space)).at(-1)).toMatchObject({
      access: 'public',
      name: expect.stringMatching(/^Shop \(rotated \d{4}-\d\d-\d\d\)$/),
      min_cache: 30,
      story_ids: [7],
    })
  })

  it('goes on after it was killed, and makes no second token', async () => {
    const { space, run, variables } = await createProject({ latency: 40 })
    const killed = await run(['rotate', '--overlap', '1h'], {
      when: { text: 'is new.', run: (child) => child.kill('SIGKILL') },
    })
    expect(killed.exitCode).toBe(null)
    const again = await run(['rotate', '--overlap', '1h'])
    expect(again.exitCode).toBe(0)
    expect(again.stderr).toContain('Going on with the rotation of token 2.')
    const previews = (await keysOf(space)).filter(({ access }) => access === 'private')
    expect(previews).toHaveLength(2)
    expect(variables()['STORYBLOK_PREVIEW_TOKEN']).toBe(
      previews
        .map(({ token }) => token)
        .toReversed()
        .join(),
    )
  })

  it('finds the token that was made although its answer was lost', async () => {
    const { space, folder, run, env } = await createProject()
    const api = await serveLosingFirstPost(space)
    const lost = await run(['rotate'], { env: { STORYBLOK_API_URL: api } })
    expect(lost.exitCode).toBe(3)
    expect(await keysOf(space)).toHaveLength(5)
    expect(existsSync(join(folder, '.keyblok/rotate-STORYBLOK_PREVIEW_TOKEN.json'))).toBe(true)
    expect((await run(['rotate'], { env })).exitCode).toBe(0)
    expect(await keysOf(space)).toHaveLength(5)
  })

  it('stops at Ctrl+C while it waits, and says how to go on', async () => {
    const { space, run } = await createProject()
    const stopped = await run(['rotate', '--wait', '--yes'], {
      when: { text: 'Waiting until', run: (child) => child.kill('SIGINT') },
    })
    expect(stopped).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('Stopped.') })
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)
    expect((await run(['rotate', '--yes'])).stdout).toContain('stays valid until')
  })

  it('revokes nothing while the file does not hold the new token', async () => {
    const { space, folder, run, env, variables } = await createProject()
    await run(['rotate', '--overlap', '0'])
    writeFileSync(
      join(folder, '.env'),
      Object.entries(env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    )
    // The new one is put there again first.
    const { exitCode, stdout } = await run(['rotate', '--overlap', '1h', '--yes'])
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('stays valid until')])
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)
    const [first = '', second] = (variables()['STORYBLOK_PREVIEW_TOKEN'] ?? '').split(',')
    expect([await reads(space, first, 'draft'), second]).toEqual([true, space.tokens.preview])
  })

  it('takes no token of another kind for its own, whatever it is called', async () => {
    const { space, folder, run, variables } = await createProject()
    const name = `Preview (rotated ${new Date().toISOString().slice(0, 10)})`
    const rotation = {
      spaceId: String(space.id),
      kind: 'preview',
      file: '.env',
      variable: 'STORYBLOK_PREVIEW_TOKEN',
      oldId: 2,
      knownIds: [1, 2, 3, 4],
      name,
    }
    mkdirSync(join(folder, '.keyblok'))
    writeFileSync(join(folder, '.keyblok/rotate-STORYBLOK_PREVIEW_TOKEN.json'), JSON.stringify(rotation))
    const body = JSON.stringify({ api_key: { access: 'public', name } })
    await manage(space, `spaces/${space.id}/api_keys`, { method: 'POST', body })
    expect((await run(['rotate'])).exitCode).toBe(0)
    const [fresh = ''] = (variables()['STORYBLOK_PREVIEW_TOKEN'] ?? '').split(',')
    expect(await reads(space, fresh, 'draft')).toBe(true)
    expect((await keysOf(space)).at(-1)).toMatchObject({ access: 'private', token: fresh })
  })

  it('waits for an overlap however long, and takes no time that nobody can mean', async () => {
    const { space, run } = await createProject()
    const waiting = await run(['rotate', '--overlap', '30d', '--wait', '--yes'], {
      when: { text: 'Waiting until', run: (child) => setTimeout(() => child.kill('SIGINT'), 300) },
    })
    expect(waiting).toMatchObject({ exitCode: 130, stdout: expect.not.stringContaining('is revoked') })
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)
    const other = await createProject()
    expect(await other.run(['rotate', '--overlap', '9999999d'])).toMatchObject({ exitCode: 2 })
    expect(await keysOf(other.space)).toHaveLength(4)
  })

  it('writes into the file that holds the variable, and keeps the old token behind the new one', async () => {
    const { space, folder, run } = await createProject()
    writeFileSync(join(folder, '.env.local'), `STORYBLOK_PREVIEW_TOKEN=${space.tokens.preview}\n`)
    expect((await run(['rotate'])).stdout).toContain('STORYBLOK_PREVIEW_TOKEN in .env.local has it')
    const { STORYBLOK_PREVIEW_TOKEN: value = '' } = parseEnv(readFileSync(join(folder, '.env.local'), 'utf8'))
    expect(value.split(',')).toHaveLength(2)
    expect(value).toContain(space.tokens.preview)
    const elsewhere = await createProject()
    await elsewhere.run(['rotate', '--to', '.env.production'])
    const file = readFileSync(join(elsewhere.folder, '.env.production'), 'utf8')
    expect(file).toMatch(new RegExp(`=\\w+,${elsewhere.space.tokens.preview}\n$`))
  })

  it('revokes no token that another file or the environment holds, unless it is forced', async () => {
    const { space, folder, run } = await createProject()
    writeFileSync(join(folder, '.env.production'), `STORYBLOK_PREVIEW_TOKEN=${space.tokens.preview}\n`)
    const kept = await run(['rotate', '--to', '.env', '--overlap', '0', '--yes'])
    expect(kept).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('in use here: STORYBLOK_PREVIEW_TOKEN in .env.production.'),
    })
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)
    expect((await run(['rotate', '--yes', '--force'])).stdout).toContain('Token 2 is revoked.')

    const shell = await createProject()
    const env = { STORYBLOK_PREVIEW_TOKEN: shell.space.tokens.preview }
    const warned = await shell.run(['rotate', '--overlap', '0', '--yes'], { env })
    expect(warned.stderr).toContain('STORYBLOK_PREVIEW_TOKEN is set in the environment as well')
    expect(warned.stderr).toContain('STORYBLOK_PREVIEW_TOKEN of the environment')
    expect(await reads(shell.space, shell.space.tokens.preview, 'draft')).toBe(true)
  })

  it('prints commands that give the value of the file, whatever the environment has', async () => {
    const { folder, run, variables } = await createProject()
    const { stdout } = await run(['rotate'])
    const [, command = ''] = /Cloudflare: (.*) \| npx/.exec(stdout) ?? []
    const shown = execFileSync('sh', ['-c', command.replace('node', JSON.stringify(process.execPath))], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, STORYBLOK_PREVIEW_TOKEN: 'fakeOLD' },
    })
    expect(shown.trim()).toBe(variables()['STORYBLOK_PREVIEW_TOKEN'])
  })

  it('ends at once after a leak, although a rotation is under way', async () => {
    const { space, run } = await createProject()
    await run(['rotate'])
    const { stdout } = await run(['rotate', '--overlap', '0', '--yes'])
    expect(stdout).toContain('Token 2 is revoked.')
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(false)
  })

  it('refuses what a rotation under way cannot do any more', async () => {
    const { space, run } = await createProject()
    const body = JSON.stringify({ api_key: { access: 'private', name: 'Other' } })
    await manage(space, `spaces/${space.id}/api_keys`, { method: 'POST', body })
    await run(['rotate', '--overlap', '1h'])
    expect((await run(['rotate', '--token', 'Other', '--yes'])).stderr).toContain('under way, and 5 is meant.')
    expect((await run(['rotate', '--to', '.env.other', '--yes'])).stderr).toContain('The new token is in .env already.')
    expect((await run(['rotate', '--wait'])).exitCode).toBe(2)
    expect(await reads(space, space.tokens.preview, 'draft')).toBe(true)
  })

  it('makes no token that it cannot write', async () => {
    const { space, run } = await createProject()
    expect((await run(['rotate', '--to', 'nowhere/.env'])).stderr).toContain('There is no folder for nowhere/.env.')
    expect((await run(['create', '--kind', 'public', '--to', 'nowhere/.env'])).exitCode).toBe(1)
    expect(await keysOf(space)).toHaveLength(4)
  })

  it('keeps a second rotation of the same token out', async () => {
    const { space, run } = await createProject({ latency: 100 })
    const both = await Promise.all([run(['rotate']), run(['rotate'])])
    expect(both.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 1])
    expect(both.map(({ stderr }) => stderr).join('')).toMatch(/Another process \(\d+\) is at this rotation/)
    expect(await keysOf(space)).toHaveLength(5)
  })

  it('goes on with no rotation that came with the repository: it names a file and a token', async () => {
    const { space, folder, run } = await createProject()
    const name = 'rotate-STORYBLOK_PREVIEW_TOKEN.json'
    const rotation = {
      spaceId: String(space.id),
      kind: 'preview',
      file: 'public/env.txt',
      oldId: 2,
      knownIds: [],
      name,
    }
    for (const place of ['.keyblok', 'public']) mkdirSync(join(folder, place))
    writeFileSync(join(folder, '.keyblok', name), JSON.stringify(rotation))
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '.keyblok'], { cwd: folder })
    const { exitCode, stderr } = await run(['rotate'])
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('was not begun here')])
    expect(readdirSync(join(folder, 'public'))).toEqual([])
    expect(await keysOf(space)).toHaveLength(4)
  })

  it('explains a token that is not of the space', async () => {
    const { space, run } = await createProject()
    const { exitCode, output } = await run(['rotate'], {
      env: { STORYBLOK_PREVIEW_TOKEN: 'fakeOTHERfakeOTHERfake1tt' },
    })
    expect(exitCode).toBe(1)
    expect(output).toContain('is no preview token of this space.')
    expect(output).not.toContain('fakeOTHER')
    expect(await keysOf(space)).toHaveLength(4)
  })
})

/** An address at which nobody listens. */
async function closedAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

/** Serves a space whose first answer to a POST is lost on its way, though it was carried out. */
async function serveLosingFirstPost(space: LocalSpace): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = await space.fetch(
      new Request(`http://space.test${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '' },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      }),
    )
    if (request.method === 'POST') return void request.socket.destroy()
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
