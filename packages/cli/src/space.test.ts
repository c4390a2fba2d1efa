import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parseSettings } from '@keyblok/core/server'
import { describe, expect, it, onTestFinished } from 'vitest'

const cli = fileURLToPath(new URL('../bin/keyblok.js', import.meta.url))
const content = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))

interface Run {
  exitCode: number | null
  output: string
  child: ChildProcess
}

/** Runs the command until it ends, or has printed what is waited for. */
async function run(args: string[], until?: string): Promise<Run> {
  const child = spawn(process.execPath, [cli, 'space', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill())
  let output = ''
  const exitCode = await new Promise<number | null>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (until !== undefined && output.includes(until)) resolve(null)
      })
    }
    child.once('close', resolve)
  })
  return { exitCode, output, child }
}

/** Makes a folder that goes when the test ends. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Makes a story in a space that runs, and gives the answer's status. */
async function createStory(output: string, slug: string): Promise<number> {
  const url = `${variable(output, 'STORYBLOK_API_URL')}/v1/spaces/${variable(output, 'STORYBLOK_SPACE_ID')}/stories`
  const headers = { Authorization: variable(output, 'STORYBLOK_PERSONAL_ACCESS_TOKEN') }
  const story = { name: slug, slug, content: { component: 'page', title: slug } }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ story, publish: 1 }) })).status
}

/** The full slugs of what a space that runs has published. */
async function publishedSlugs(output: string): Promise<string[]> {
  const token = variable(output, 'STORYBLOK_PUBLIC_TOKEN')
  const url = `${variable(output, 'STORYBLOK_API_URL')}/v2/cdn/stories?per_page=100&token=${token}`
  const { stories } = (await (await fetch(url)).json()) as { stories: { full_slug: string }[] }
  return stories.map((story) => story.full_slug).toSorted()
}

const variable = (output: string, name: string): string => new RegExp(`${name}=(\\S+)`).exec(output)?.[1] ?? ''

describe('keyblok space', () => {
  it('serves a content folder, and prints how to reach it', async () => {
    const { output } = await run(['--port', '0', '--content', content], 'Ctrl+C')
    const url = variable(output, 'STORYBLOK_API_URL')
    const read = (version: string, token: string) =>
      fetch(`${url}/v2/cdn/stories/membership?version=${version}&token=${variable(output, token)}`)
    expect((await read('draft', 'STORYBLOK_PREVIEW_TOKEN')).status).toBe(200)
    expect((await read('draft', 'STORYBLOK_PUBLIC_TOKEN')).status).toBe(401)
    expect((await read('published', 'STORYBLOK_PUBLIC_TOKEN')).status).toBe(404)
  })

  it('takes the next port when one is taken, and says so', async () => {
    const first = await run(['--port', '0'], 'Ctrl+C')
    const { port } = new URL(variable(first.output, 'STORYBLOK_API_URL'))
    const second = await run(['--port', port], 'Ctrl+C')
    expect(second.output).toContain(`Port ${port} is taken.`)
    expect(variable(second.output, 'STORYBLOK_API_URL')).not.toContain(`:${port}`)
  })

  it('explains a content folder that is not there', async () => {
    const { exitCode, output } = await run(['--content', '/no/such/folder'])
    expect(exitCode).toBe(1)
    expect(output).toMatchInlineSnapshot(`
      "[keyblok] The content folder /no/such/folder cannot be read.
        - .: there is no such folder
      A content folder holds components/<space id>/components.json and one file per story in stories/<space id>/, as \`storyblok components pull\` and \`storyblok stories pull\` write them.
      "
    `)
  })

  it('explains an option that there is none of', async () => {
    const { exitCode, output } = await run(['--rate-limt'])
    expect(exitCode).toBe(2)
    expect(output).toContain('There is no option --rate-limt.\nThere are: --port --host')
  })

  it('prints variables that a site understands, releases too', async () => {
    const { output } = await run(['--port', '0', '--content', content], 'Ctrl+C')
    const variables = Object.fromEntries(
      [...output.matchAll(/(STORYBLOK_\w+)=(\S*)/g)].map(([, name, value]) => [name, value]),
    )
    expect(() => parseSettings((name) => variables[name])).not.toThrow()
    expect(variables['STORYBLOK_RELEASE_TOKEN']).toMatch(/^8001:\w+$/)
  })

  it('says that a content folder is not read into a file that has a space', async () => {
    const data = join(createFolder(), 'space.sqlite')
    const first = await run(['--port', '0', '--data', data], 'Ctrl+C')
    first.child.kill()
    const second = await run(['--port', '0', '--data', data, '--content', content], 'Ctrl+C')
    expect(second.output).toContain('keeps a space already')
  })

  it('explains a port that is none', async () => {
    const { exitCode, output } = await run(['--port', 'http'])
    expect(exitCode).toBe(2)
    expect(output).toContain('--port is “http”')
  })

  it('makes requests go wrong when asked', async () => {
    const { output } = await run(['--port', '0', '--content', content, '--faults', '500:2:/v2/cdn/stories'], 'Ctrl+C')
    const url = variable(output, 'STORYBLOK_API_URL')
    const token = variable(output, 'STORYBLOK_PREVIEW_TOKEN')
    const statuses: number[] = []
    for (const path of ['stories', 'spaces/me', 'stories', 'stories']) {
      statuses.push((await fetch(`${url}/v2/cdn/${path}?version=draft&token=${token}`)).status)
    }
    expect(statuses).toEqual([200, 200, 500, 200])
  })

  it('explains a fault that there is none of', async () => {
    const { exitCode, output } = await run(['--faults', 'flood:2'])
    expect(exitCode).toBe(1)
    expect(output).toContain('There is no fault “flood”: 429,500,html,truncated,reset,hang.')
  })

  it('exports what a data file keeps, to be served again', async () => {
    const folder = createFolder()
    const data = join(folder, 'space.db')
    const served = await run(['--port', '0', '--content', content, '--data', data], 'Ctrl+C')
    expect((await run(['export', join(folder, 'out'), '--data', data])).exitCode).toBe(0)
    const again = await run(['--port', '0', '--content', join(folder, 'out')], 'Ctrl+C')
    const total = async (output: string): Promise<string | null> => {
      const token = variable(output, 'STORYBLOK_PREVIEW_TOKEN')
      const url = `${variable(output, 'STORYBLOK_API_URL')}/v2/cdn/stories?version=draft&token=${token}`
      return (await fetch(url)).headers.get('total')
    }
    expect(await total(again.output)).toBe(await total(served.output))
    expect(Number(await total(again.output))).toBeGreaterThan(20)
  })

  it('explains a data file that another program wrote', async () => {
    const folder = createFolder()
    writeFileSync(join(folder, 'notes.txt'), 'Not a database, but a text that is long enough to be one.\n'.repeat(200))
    const { exitCode, output } = await run(['--data', join(folder, 'notes.txt')])
    expect(exitCode).toBe(1)
    expect(output).toContain('notes.txt cannot be used')
  })

  it('keeps in its file whatever it answered, although it is killed', async () => {
    const data = join(createFolder(), 'space.sqlite')
    const first = await run(['--port', '0', '--data', data], 'Ctrl+C')
    const answered: string[] = []
    const writing = (async () => {
      for (let index = 0; ; index++) {
        const slug = `story-${String(index).padStart(2, '0')}`
        if ((await createStory(first.output, slug)) === 201) answered.push(slug)
        if (answered.length === 20) first.child.kill('SIGKILL')
      }
    })()
    await expect(writing).rejects.toThrow('fetch failed')
    const second = await run(['--port', '0', '--data', data], 'Ctrl+C')
    expect(await publishedSlugs(second.output)).toEqual(expect.arrayContaining(answered))
    expect(variable(second.output, 'PREVIEW_TOKEN')).toBe(variable(first.output, 'PREVIEW_TOKEN'))
    expect(await createStory(second.output, 'after')).toBe(201)
  })

  it('shares its file with processes that start and write at the same time', async () => {
    const data = join(createFolder(), 'space.sqlite')
    const runs = await Promise.all([0, 1, 2, 3].map(() => run(['--port', '0', '--data', data], 'Ctrl+C')))
    const slugs = Array.from({ length: 8 }, (_, index) => runs.map((__, process) => `story-${process}-${index}`)).flat()
    const statuses = await Promise.all(
      slugs.map((slug, index) => createStory((runs[index % runs.length] as Run).output, slug)),
    )
    expect(new Set(statuses)).toEqual(new Set([201]))
    for (const { output } of runs) expect(await publishedSlugs(output)).toEqual(slugs.toSorted())
    const tokens = runs.map(({ output }) => variable(output, 'STORYBLOK_PREVIEW_TOKEN'))
    expect(new Set(tokens).size).toBe(1)
    for (const { child } of runs) child.kill()
    await Promise.all(runs.map(({ child }) => once(child, 'close')))
    const database = new DatabaseSync(data)
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    database.close()
  })

  it('waits before each answer when asked', async () => {
    const { output } = await run(['--port', '0', '--latency', '60000'], 'Ctrl+C')
    const url = `${variable(output, 'STORYBLOK_API_URL')}/v2/cdn/spaces/me`
    await expect(fetch(url, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/timeout|abort/i)
  })

  it('refuses past Storyblok’s rate limits when asked', async () => {
    const { output } = await run(['--port', '0', '--rate-limit'], 'Ctrl+C')
    const url = `${variable(output, 'STORYBLOK_API_URL')}/v2/cdn/stories?version=draft&per_page=100`
    const read = () => fetch(`${url}&token=${variable(output, 'STORYBLOK_PREVIEW_TOKEN')}`)
    const statuses = (await Promise.all(Array.from({ length: 40 }, read))).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
  })
})
