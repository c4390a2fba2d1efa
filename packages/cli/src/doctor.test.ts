import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import { SecretSearch } from '@keyblok/vite/files'
import { describe, expect, it, onTestFinished } from 'vitest'

const cli = fileURLToPath(new URL('../bin/keyblok.js', import.meta.url))
const content = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))

/** Runs the doctor on a local space. */
async function run(space: ReturnType<typeof createLocalSpace>, args = ['--content', '--from', content]) {
  const server = await space.listen({ port: 0 })
  onTestFinished(() => server.close())
  const env = {
    PATH: process.env['PATH'],
    STORYBLOK_API_URL: server.url,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: space.tokens.public,
    STORYBLOK_PREVIEW_TOKEN: space.tokens.preview,
  }
  const child = spawn(process.execPath, [cli, 'doctor', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { exitCode: await closed, output: out + err }
}

describe('keyblok doctor --content', () => {
  it('finds nothing in content that fits', async () => {
    const { exitCode, output } = await run(createLocalSpace({ content }))
    expect(output).toMatch(/\d\d stories \(draft\) compared with the components\.\n\nNothing was found\.\n$/)
    expect(exitCode).toBe(0)
  })

  it('lists stories, paths and reasons', async () => {
    const space = createLocalSpace({ content })
    space.saveDraft('imprint', { _uid: 'x', component: 'page', body: [{ _uid: 'y', component: 'hero' }] })
    const { exitCode, output } = await run(space)
    expect(output).toContain('imprint: body.0.headline: The field is required, and empty.\n')
    expect(output).toContain('Found: 1 error.')
    expect(exitCode).toBe(1)
    expect(output).not.toContain(space.tokens.preview)
  })
})

const tokens = { preview: 'fakePREVIEWfakePREVIEWtt', personal: 'sb_pat_fakePERSONALfakePERSON1tt' }

describe('keyblok doctor', () => {
  /** Makes a folder with files, of which git tracks the ones named. */
  function createRepository(files: Record<string, string>, tracked: string[] | null): string {
    const folder = mkdtempSync(join(tmpdir(), 'keyblok-doctor-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    if (!tracked) return folder
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '--', ...tracked], { cwd: folder })
    return folder
  }

  function runIn(cwd: string, args: string[] = []): { exitCode: number | null; output: string } {
    const env = { PATH: process.env['PATH'] }
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'doctor', ...args], {
      cwd,
      env,
      encoding: 'utf8',
    })
    return { exitCode: status, output: stdout + stderr }
  }

  it('finds the tokens of `.env` in committed files, and says how to replace them', () => {
    const files = {
      '.env': `STORYBLOK_PREVIEW_TOKEN=${tokens.preview}`,
      'src/api.ts': `\nconst t = '${btoa(tokens.preview)}'`,
    }
    const { exitCode, output } = runIn(createRepository(files, ['src/api.ts']))
    expect(output).toContain('src/api.ts:2:12: It holds the preview token (base64), and git tracks it.')
    expect(output).toContain('→ Replace it: `npx keyblok tokens rotate`')
    expect(output).toContain('1 tracked files searched for the preview token, what looks like a token.')
    expect(output).not.toContain(tokens.preview)
    expect(exitCode).toBe(1)
  })

  it('finds an environment file that is committed itself', () => {
    const files = { '.env': `STORYBLOK_PREVIEW_TOKEN=${tokens.preview}` }
    expect(runIn(createRepository(files, ['.env'])).output).toContain('.env:1:25: It holds the preview token (raw)')
  })

  it('finds what looks like a token, unless the file is to be ignored', () => {
    const folder = createRepository({ 'docs/a.md': tokens.personal }, ['docs/a.md'])
    const { exitCode, output } = runIn(folder)
    expect(output).toContain('docs/a.md:1:1: It holds what looks like a personal access token')
    expect(exitCode).toBe(1)
    expect(runIn(folder, ['--ignore', 'docs/**']).exitCode).toBe(0)
  })

  it('finds other secrets, by their variables', () => {
    const folder = createRepository({ '.env': 'SMTP_PASSWORD=fakePASSWORD', 'a.ts': 'fakePASSWORD' }, ['a.ts'])
    expect(runIn(folder, ['--secrets', 'SMTP_PASSWORD']).output).toContain(
      'a.ts:1:1: It holds the secret SMTP_PASSWORD (raw)',
    )
  })

  it('finds nothing in files that git does not track', () => {
    const folder = createRepository({ 'a.ts': tokens.personal, 'b.ts': 'fine' }, ['b.ts'])
    const { exitCode, output } = runIn(folder)
    expect(exitCode).toBe(0)
    expect(output).toContain('1 tracked files searched for what looks like a token.')
    expect(output).toContain('Nothing was found.')
  })

  it('says when there is no repository', () => {
    const { exitCode, output } = runIn(createRepository({ 'a.ts': tokens.personal }, null))
    expect(exitCode).toBe(0)
    expect(output).toContain('This folder is in no git repository: no file is tracked.')
  })
})

describe('keyblok fingerprint', () => {
  const run = (env: Record<string, string>, args: string[] = []) =>
    spawnSync(process.execPath, [cli, 'fingerprint', ...args], {
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    })

  it('writes the fingerprints of all tokens, by which they are found', () => {
    const env = { STORYBLOK_PUBLIC_TOKEN: 'fakePUBLICfakePUBLIC11tt', MAIL_KEY: 'fakeMAIL0123456789abcdef' }
    const { stdout, status } = run(env, ['--secrets', 'MAIL_KEY'])
    expect(status).toBe(0)
    const fingerprints = /^STORYBLOK_TOKEN_FINGERPRINTS="(.+)"\n$/.exec(stdout)?.[1]?.split(' ')
    const search = new SecretSearch({ secrets: [], fingerprints: fingerprints ?? [] })
    const found = search.find(Buffer.from(Object.values(env).join()))
    expect(found.map(({ label }) => label)).toEqual(['public token', 'secret MAIL_KEY'])
    for (const value of Object.values(env)) expect(stdout).not.toContain(value)
  })

  it('refuses what could be guessed, and says when there is nothing', () => {
    expect(run({ STORYBLOK_PUBLIC_TOKEN: 'fake12345' })).toMatchObject({ status: 1, stdout: '' })
    const both = run({ STORYBLOK_PUBLIC_TOKEN: 'fake12345', STORYBLOK_PREVIEW_TOKEN: tokens.preview })
    expect([both.status, both.stdout]).toEqual([1, expect.stringContaining('preview+token')])
    expect(run({}, ['SMTP_PASSWORD']).status).toBe(2)
    expect(run({}, ['--secrets', 'NOPE']).stderr).toContain('Not set, neither in the environment nor in .env: NOPE')
    expect(run({}).stderr).toContain('There is no token in the environment')
  })
})
