import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Listener, LocalSpace } from '@keyblok/space'
import { createDemoSpace } from '../../../scripts/lib/demo-space.ts'
import { readAll } from '../support/fixture.ts'
import { tokens } from '../support/tokens.ts'

const run = promisify(execFile)
const redirect = new URL('redirect-hosts.mjs', import.meta.url).href
const cli = fileURLToPath(import.meta.resolve('storyblok'))

describe('Storyblok’s command line', () => {
  let folder: string
  let space: LocalSpace
  let listener: Listener

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keyblok-cli-'))
    space = createDemoSpace(tokens)
    listener = await space.listen()
    await storyblok('login', '--token', tokens.personal, '--region', 'eu')
  })
  afterAll(async () => {
    await listener.close()
    space.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const storyblok = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, ['--import', redirect, cli, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, USERPROFILE: folder, CI: '1', LOCAL_SPACE_URL: listener.url },
    })
    return stdout
  }

  it('pulls components, datasources and stories, from which a space can be made', async () => {
    await storyblok('components', 'pull', '--space', '100001')
    await storyblok('datasources', 'pull', '--space', '100001')
    await storyblok('stories', 'pull', '--space', '100001')
    const copy = createLocalSpace({ content: join(folder, '.storyblok'), tokens })
    const read = async (from: LocalSpace) => {
      const query = new URLSearchParams({ token: tokens.preview, version: 'draft' })
      const answer = await from.fetch(new Request(`http://space.test/v2/cdn/stories/articles/small-gear?${query}`))
      const { story } = (await answer.json()) as { story: { content: unknown } }
      // The copy has no files, so it leaves the addresses of assets as they are.
      return JSON.stringify(story.content).replaceAll('http://space.test/f/', 'https://a.storyblok.com/f/')
    }
    expect(await read(copy)).toEqual(await read(space))
    copy.close()
  })

  it('generates types', async () => {
    await storyblok('components', 'pull', '--space', '100001')
    await storyblok('types', 'generate', '--space', '100001')
    expect(readAll(join(folder, '.storyblok', 'types'))).toMatch(/interface Article\b/)
  })
})
