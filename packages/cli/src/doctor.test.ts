import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import { SecretSearch } from '@keyblok/vite/files'
import { describe, expect, it } from 'vitest'
import { serve } from './doctor/test-support.js'
import { createFolder, demoContent, runKeyblok, serveSpace } from './test-support.js'
import type { Run } from './test-support.js'

const cli = fileURLToPath(new URL('../bin/keyblok.js', import.meta.url))

describe('keyblok doctor --content', () => {
  const args = ['doctor', '--content', '--from', demoContent]

  it('finds nothing in content that fits', async () => {
    const env = await serveSpace(createLocalSpace({ content: demoContent }))
    const { exitCode, output } = await runKeyblok(args, { env })
    expect(output).toMatch(/\d\d stories \(draft\) compared with the components\.\n\nNothing was found\.\n$/)
    expect(exitCode).toBe(0)
  })

  it('lists stories, paths and reasons', async () => {
    const space = createLocalSpace({ content: demoContent })
    space.saveDraft('imprint', { _uid: 'x', component: 'page', body: [{ _uid: 'y', component: 'hero' }] })
    const { exitCode, output } = await runKeyblok(args, { env: await serveSpace(space) })
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
    const folder = createFolder(files)
    if (!tracked) return folder
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '--', ...tracked], { cwd: folder })
    return folder
  }

  /** Runs the doctor where no API can be reached. */
  const runIn = (cwd: string, args: string[] = []): Promise<Run> =>
    runKeyblok(['doctor', ...args], { cwd, env: { STORYBLOK_API_URL: 'http://127.0.0.1:1' } })

  it('finds the tokens of `.env` in committed files, and says how to replace them', async () => {
    const files = {
      '.env': `STORYBLOK_PREVIEW_TOKEN=${tokens.preview}`,
      'src/api.ts': `\nconst t = '${btoa(tokens.preview)}'`,
    }
    const { exitCode, output } = await runIn(createRepository(files, ['src/api.ts']))
    expect(output).toContain('src/api.ts:2:12: It holds the preview token (base64), and git tracks it.')
    expect(output).toContain('→ Replace it: `npx keyblok tokens rotate`')
    expect(output).toContain('1 tracked files searched for the preview token, what looks like a token.')
    expect(output).not.toContain(tokens.preview)
    expect(exitCode).toBe(1)
  })

  it('finds an environment file that is committed itself', async () => {
    const files = { '.env': `STORYBLOK_PREVIEW_TOKEN=${tokens.preview}` }
    const { output } = await runIn(createRepository(files, ['.env']))
    expect(output).toContain('.env:1:25: It holds the preview token (raw)')
  })

  it('finds what looks like a token, unless the file is to be ignored', async () => {
    const folder = createRepository({ 'docs/a.md': tokens.personal }, ['docs/a.md'])
    const { exitCode, output } = await runIn(folder)
    expect(output).toContain('docs/a.md:1:1: It holds what looks like a personal access token')
    expect(exitCode).toBe(1)
    expect((await runIn(folder, ['--ignore', 'docs/**'])).exitCode).toBe(0)
  })

  it('finds other secrets, by their variables', async () => {
    const folder = createRepository({ '.env': 'SMTP_PASSWORD=fakePASSWORD', 'a.ts': 'fakePASSWORD' }, ['a.ts'])
    const { output } = await runIn(folder, ['--secrets', 'SMTP_PASSWORD'])
    expect(output).toContain('a.ts:1:1: It holds the secret SMTP_PASSWORD (raw)')
  })

  it('finds nothing in files that git does not track', async () => {
    const folder = createRepository({ 'a.ts': tokens.personal, 'b.ts': 'fine' }, ['b.ts'])
    const { exitCode, output } = await runIn(folder)
    expect(exitCode).toBe(0)
    expect(output).toContain('1 tracked files searched for what looks like a token.')
    expect(output).toContain('Nothing was found.')
  })

  it('says when there is no repository', async () => {
    const { exitCode, output } = await runIn(createRepository({ 'a.ts': tokens.personal }, null))
    expect(exitCode).toBe(0)
    expect(output).toContain('This folder is in no git repository: no file is tracked.')
  })

  it('tells all as JSON, each finding with its reason, its cure and its page', async () => {
    const space = createLocalSpace()
    const env = { ...(await serveSpace(space)), STORYBLOK_REGION: 'mars' }
    const { exitCode, stdout, stderr } = await runKeyblok(['doctor', '--json'], { env })
    const { findings, checks } = JSON.parse(stdout) as { findings: Record<string, string>[]; checks: unknown[] }
    expect(findings.find(({ id }) => id === 'settings-invalid')).toEqual({
      id: 'settings-invalid',
      severity: 'error',
      what: expect.stringContaining('is no region'),
      where: 'STORYBLOK_REGION',
      why: expect.stringMatching(/\.$/),
      fix: expect.stringMatching(/\.$/),
      page: expect.stringMatching(/doctor\.md#settings-invalid$/),
    })
    expect(checks).toContainEqual({ title: 'Tokens', said: expect.stringMatching(/^2 tokens tried/), isLeftOut: false })
    expect(checks).toContainEqual({ title: 'Built files', said: 'Nothing was built here.', isLeftOut: true })
    expect([exitCode, stderr]).toEqual([1, ''])
    for (const token of Object.values(space.tokens)) expect(stdout).not.toContain(token)
  })

  it('goes on where nothing can be reached, and says what was not asked', async () => {
    const space = createLocalSpace()
    const env = await serveSpace(space)
    space.close()
    const { exitCode, stdout, stderr } = await runKeyblok(['doctor', 'http://localhost:1/'], { env })
    expect([exitCode, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/STORYBLOK_PUBLIC_TOKEN: 127\.0\.0\.1:\d+ could not be asked/)
    expect(stdout).toContain('The space’s webhooks are not known: The Management API cannot be reached.')
    expect(stdout).toContain('http://localhost:1/: It does not answer:')
  })

  it.each([
    ['typed', true],
    ['redirected to', false],
  ])('hides a secret in an address that is %s', async (_, isTyped) => {
    for (const secret of [tokens.preview, 'fake secret/é%']) {
      const hidden = encodeURIComponent(secret)
      const origin = await serve(({ url }) =>
        url.includes(hidden)
          ? new Response('Hello', { headers: { 'content-type': 'text/html', 'cache-control': 'no-store' } })
          : new Response(null, { status: 302, headers: { location: `/${hidden}` } }),
      )
      const env = { STORYBLOK_API_URL: 'http://127.0.0.1:1', STORYBLOK_PREVIEW_TOKEN: tokens.preview, OTHER: secret }
      for (const format of [[], ['--json']]) {
        const args = ['doctor', `${origin}/${isTyped ? hidden : ''}`, '--secrets', 'OTHER', ...format]
        const { output } = await runKeyblok(args, { env })
        expect(output).toContain(`${origin}/${'*'.repeat(hidden.length)} and 0 of its files searched`)
        expect(output).not.toContain(secret)
        expect(output).not.toContain(hidden)
      }
    }
  })

  it('prints what others named without what controls a terminal', async () => {
    const space = createLocalSpace()
    space.setEnvironments([{ name: 'Fake\u001B[31m\nAll is well', location: 'https://www.example.invalid/' }])
    const env = await serveSpace(space)
    const { stdout } = await runKeyblok(['doctor'], { env })
    expect(stdout).toContain('Fake�[31m�All is well: www.example.invalid')
    expect(stdout).not.toContain('\u001B')
  })

  it('takes no address that is not encrypted', async () => {
    const { exitCode, output } = await runKeyblok(['doctor', 'http://www.example.test/'])
    expect(exitCode).toBe(2)
    expect(output).toContain('has to begin with https://, or to be on this machine')
  })

  it('ends by Ctrl+C while it waits', async () => {
    const space = createLocalSpace({ faults: [{ kind: 'hang', path: '/v2' }] })
    const env = await serveSpace(space)
    const stop = { text: 'Variables', run: (child: { kill(signal: NodeJS.Signals): boolean }) => child.kill('SIGINT') }
    const { exitCode, output } = await runKeyblok(['doctor'], { env, when: stop })
    expect(exitCode).toBe(130)
    expect(output).toContain('Stopped.')
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
