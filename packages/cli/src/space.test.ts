import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'

const cli = fileURLToPath(new URL('../bin/keyblok.js', import.meta.url))
const content = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))

/** Runs the command until it ends, or has printed what is waited for. */
async function run(args: string[], until?: string): Promise<{ exitCode: number | null; output: string }> {
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
  return { exitCode, output }
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

  it('explains a port that is none', async () => {
    const { exitCode, output } = await run(['--port', 'http'])
    expect(exitCode).toBe(1)
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
    const folder = mkdtempSync(join(tmpdir(), 'keyblok-cli-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
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
    const folder = mkdtempSync(join(tmpdir(), 'keyblok-cli-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'notes.txt'), 'Not a database, but a text that is long enough to be one.\n'.repeat(200))
    const { exitCode, output } = await run(['--data', join(folder, 'notes.txt')])
    expect(exitCode).toBe(1)
    expect(output).toContain('notes.txt cannot be used')
  })
})
