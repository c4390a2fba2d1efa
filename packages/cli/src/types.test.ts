import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

const cli = fileURLToPath(new URL('../bin/keyblok.js', import.meta.url))
const content = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))

/** Makes a project that has an adapter and nothing else. */
function createProject(adapter = '@keyblok/astro'): string {
  const root = mkdtempSync(join(tmpdir(), 'keyblok-types-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  writeFileSync(join(root, 'package.json'), JSON.stringify({ devDependencies: { [adapter]: '*' } }))
  return root
}

function pull(root: string): string {
  cpSync(join(content, 'components'), join(root, '.storyblok/components'), { recursive: true })
  return join(root, '.storyblok/components/100001/components.json')
}

function start(root: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [cli, 'types', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill())
  const result = { output: '', exitCode: new Promise<number | null>((resolve) => child.once('close', resolve)) }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (result.output += text))
  }
  return result
}

async function run(root: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const result = start(root, args, env)
  return { exitCode: await result.exitCode, output: result.output }
}

describe('keyblok types', () => {
  it('writes what was pulled for the adapter of the project, once', async () => {
    const root = createProject('@keyblok/sveltekit')
    pull(root)
    expect((await run(root)).output).toBe('src/lib/storyblok/types.ts is written.\n')
    const text = readFileSync(join(root, 'src/lib/storyblok/types.ts'), 'utf8')
    expect(text).toContain("declare module '@keyblok/sveltekit/stories'")
    expect((await run(root)).output).toBe('src/lib/storyblok/types.ts is up to date.\n')
  })

  it('asks a local space’s Management API, with a token of .env that it never prints', async () => {
    const space = createLocalSpace({ content })
    const server = await space.listen({ port: 0 })
    onTestFinished(() => server.close())
    const root = createProject()
    const env = (token: string) =>
      writeFileSync(
        join(root, '.env'),
        `STORYBLOK_API_URL=${server.url}\nSTORYBLOK_SPACE_ID=${space.id}\nSTORYBLOK_PERSONAL_ACCESS_TOKEN=${token}\n`,
      )
    env(space.tokens.personal)
    expect((await run(root, ['--api'])).output).toBe('src/storyblok/types.ts is written.\n')
    expect((await run(root, ['--api', '--check'])).output).toBe('src/storyblok/types.ts is up to date.\n')
    env(space.tokens.preview)
    const refused = await run(root, ['--api'])
    expect(refused.exitCode).toBe(3)
    expect(refused.output).toContain('KB_TOKEN_REFUSED')
    expect(refused.output).not.toContain(space.tokens.preview)
  })

  it('takes a schema that is written in code', async () => {
    const root = createProject()
    const library = import.meta.resolve('@storyblok/schema')
    writeFileSync(
      join(root, 'schema.mjs'),
      `import { defineBlock, defineField, defineSchema } from '${library}'
const author = defineBlock({ name: 'author', is_root: true, fields: [defineField('name', { type: 'text', required: true })] })
const relation = { type: 'option', source: 'internal_stories', filter_content_type: ['author'] }
const post = defineBlock({ name: 'post', is_root: true, fields: [defineField('by', relation)] })
export const schema = defineSchema({ blocks: { author, post } })`,
    )
    expect((await run(root, ['--schema', 'schema.mjs'])).output).toBe('src/storyblok/types.ts is written.\n')
    const text = readFileSync(join(root, 'src/storyblok/types.ts'), 'utf8')
    expect(text).toContain("by?: keyblok.Story<Author> | null | R['post.by']")
  })

  it('fails when the types are out of date, and writes nothing', async () => {
    const root = createProject()
    pull(root)
    const { exitCode, output } = await run(root, ['--check'])
    expect([exitCode, output]).toEqual([1, 'src/storyblok/types.ts is out of date.\nRun: npx keyblok types\n'])
    expect(() => readFileSync(join(root, 'src/storyblok/types.ts'))).toThrow('ENOENT')
  })

  it('follows what is pulled while it watches, and outlives a file that is no JSON', async () => {
    const root = createProject()
    const file = pull(root)
    const watcher = start(root, ['--watch'])
    await vi.waitFor(() => expect(watcher.output).toContain('Watching'), 10_000)
    writeFileSync(file, '[')
    await vi.waitFor(() => expect(watcher.output).toContain('is not JSON'), 10_000)
    writeFileSync(file, JSON.stringify([{ name: 'solo', schema: {} }]))
    await vi.waitFor(() => {
      expect(readFileSync(join(root, 'src/storyblok/types.ts'), 'utf8')).toContain('interface Solo')
    }, 10_000)
  })

  it.each([
    ['no adapter', 'left-pad', [], 1, 'Neither @keyblok/astro nor @keyblok/sveltekit is in package.json.'],
    ['nothing pulled', '@keyblok/astro', [], 1, 'There are no components in .storyblok/components.'],
    ['no space', '@keyblok/astro', ['--api'], 2, 'STORYBLOK_SPACE_ID is set neither'],
  ])('explains %s', async (_name, adapter, args, code, message) => {
    const { exitCode, output } = await run(createProject(adapter), args)
    expect(exitCode).toBe(code)
    expect(output).toContain(message)
  })

  it('asks which space is meant where several were pulled', async () => {
    const root = createProject()
    pull(root)
    mkdirSync(join(root, '.storyblok/components/7'))
    writeFileSync(join(root, '.storyblok/components/7/one.json'), JSON.stringify({ name: 'one', schema: {} }))
    expect((await run(root)).output).toContain('holds several spaces: 100001, 7.')
    await run(root, [], { STORYBLOK_SPACE_ID: '7' })
    expect(readFileSync(join(root, 'src/storyblok/types.ts'), 'utf8')).toContain('interface One')
  })
})
