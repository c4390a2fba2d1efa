import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
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
    expect(output).toMatch(/^\d\d stories \(draft\), 0 with content that does not fit\.\n$/)
    expect(exitCode).toBe(0)
  })

  it('lists stories, paths and reasons', async () => {
    const space = createLocalSpace({ content })
    space.saveDraft('imprint', { _uid: 'x', component: 'page', body: [{ _uid: 'y', component: 'hero' }] })
    const { exitCode, output } = await run(space)
    expect(output).toContain('imprint\n  body.0.headline: The field is required, and empty.\n')
    expect(output).toContain('1 with content that does not fit.')
    expect(exitCode).toBe(1)
    expect(output).not.toContain(space.tokens.preview)
  })

  it('says what it can check', async () => {
    const { exitCode, output } = await run(createLocalSpace({ content }), [])
    expect([exitCode, output]).toEqual([1, 'What shall be checked? Run: keyblok doctor --content\n'])
  })
})
