import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it, vi } from 'vitest'
import { createFolder, demoContent, runKeyblok, watchSpace } from '../test-support.js'
import { fileNames, storiesOf, answersOf, createPull, open } from './test-support.js'

// Each runs the command several times, in processes of their own.
vi.setConfig({ testTimeout: 90_000 })

describe('an interrupted pull', () => {
  it('ends at once with 130, and goes on where it was', async () => {
    const space = createLocalSpace({ content: demoContent })
    let interrupt = (): void => {}
    let stories = 0
    const { env, asked } = await watchSpace(space, async (path) => {
      if (!/stories\/\d+$/.test(path) || ++stories < 20) return undefined
      if (stories === 20) interrupt()
      // Whoever waits for these is not interrupted.
      return new Promise(() => {})
    })
    const cwd = createFolder()
    const stopped = await runKeyblok(['pull'], {
      cwd,
      env,
      started: (child) => (interrupt = () => child.kill('SIGINT')),
    })
    expect(stopped.exitCode).toBe(130)
    expect(stopped.stderr).toBe('Stopped.\nWhat was written stays. Run the same command again to pull the rest.\n')
    const written = fileNames(join(cwd, '.storyblok/stories')).length
    expect(written).toBeGreaterThan(0)

    // A process that is killed may leave a line that it had not finished.
    writeFileSync(join(cwd, '.storyblok/keyblok/100001/pull.ndjson'), '{"key":"stories/9', { flag: 'a' })
    stories = -1000
    asked.length = 0
    const { stdout } = await runKeyblok(['pull'], { cwd, env })
    expect(stdout).toContain(`Stories: ${58 - written} written, ${written} unchanged, 8 left out.`)
    const again = new Set(asked.filter((path) => /v1.*stories\/\d+$|v2.*stories\/\d+$/.test(path)))
    expect(again.size).toBe(58 - written)
    expect(await storiesOf(open(join(cwd, '.storyblok')), 'version=published')).toHaveLength(
      ((await storiesOf(space, 'version=published')) as unknown[]).length,
    )
  })
})

describe('a space that fails', () => {
  it('is asked again where that can help', async () => {
    const space = createLocalSpace({
      content: demoContent,
      faults: [
        { kind: '500', every: 20 },
        { kind: '429', every: 75 },
      ],
    })
    const { run, folder } = await createPull(space)
    expect(await run()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Stories: 58 written') })
    space.setFaults([])
    expect(await storiesOf(open(folder), 'version=published')).toHaveLength(
      ((await storiesOf(space, 'version=published')) as unknown[]).length,
    )
  })

  it('loses one story and no other', async () => {
    const space = createLocalSpace({ content: demoContent })
    let gone = ''
    const { env } = await watchSpace(space, (path) => {
      if (/v1.*stories\/\d+$/.test(path)) gone ||= path
      return path === gone ? Response.json(['This record could not be found'], { status: 404 }) : undefined
    })
    const { exitCode, stdout, stderr } = await runKeyblok(['pull', '--only', 'stories'], { env })
    expect(exitCode).toBe(1)
    expect(stdout).toBe('Stories: 57 written, 8 left out, 1 failed.\n')
    expect(stderr).toMatch(/Failed, of the stories: \S+\. .*answered 404/)
    expect(stderr).toContain('Run the same command again to try these once more.')
  })

  it('ends with 3 when the token is refused, naming the scope', async () => {
    const { space, cwd, env, folder } = await createPull()
    const made = await space.fetch(
      new Request('http://space.test/v1/personal_access_tokens', {
        method: 'POST',
        headers: { authorization: space.tokens.personal, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'narrow', scopes: ['spaces:read', 'components:read', 'datasources:read'] }),
      }),
    )
    const { full_token: token } = (await made.json()) as { full_token: string }
    const narrow = { ...env, STORYBLOK_PERSONAL_ACCESS_TOKEN: token }
    const refused = await runKeyblok(['pull', '--only', 'components,stories'], { cwd, env: narrow })
    expect(refused.exitCode).toBe(3)
    expect(refused.output).toContain('the scope stories:read')
    expect(refused.output).not.toContain(token)
    expect(fileNames(folder)).toContain('components/100001/components.json')
    const missing = await runKeyblok(['pull'], { cwd, env: { ...env, STORYBLOK_PERSONAL_ACCESS_TOKEN: '' } })
    expect(missing.output).toContain(
      'spaces:read, components:read, datasources:read, datasource_entries:read, stories:read, assets:read',
    )
  })

  it('keeps no half of an asset', async () => {
    const { space, run, folder } = await createPull()
    space.setFaults([{ kind: 'reset', every: 4, path: '/f/' }])
    expect((await run('--all-assets', '--private-assets')).exitCode).toBe(0)
    space.setFaults([])
    const { assets } = (await answersOf(space, 'published')) as Record<string, unknown>
    expect(await answersOf(open(folder), 'published')).toMatchObject({ assets })
  })

  it('does not lead assets elsewhere', async () => {
    const space = createLocalSpace({ content: demoContent })
    let asset = 0
    const { env } = await watchSpace(space, (path) => {
      if (!path.startsWith('/f/') || ++asset !== 1) return undefined
      return new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:9/stolen' } })
    })
    const cwd = createFolder()
    const { exitCode, stderr, stdout } = await runKeyblok(['pull', '--only', 'assets', '--all-assets'], { cwd, env })
    expect(exitCode).toBe(1)
    expect(stdout).toBe('Assets: 13 written, 1 left out, 1 failed.\n')
    expect(stderr).toContain('It is redirected elsewhere, which is not followed.')
    expect(fileNames(cwd).filter((name) => name.includes('tmp'))).toEqual([])
  })

  it('gives up when it cannot be reached', async () => {
    const { env, cwd } = await createPull()
    const { exitCode, output } = await runKeyblok(['pull'], {
      cwd,
      env: { ...env, STORYBLOK_API_URL: 'http://127.0.0.1:9' },
    })
    expect(exitCode).toBe(3)
    expect(output).toContain('KB_UPSTREAM_FAILED')
    expect(existsSync(join(cwd, '.storyblok'))).toBe(false)
  })
})
