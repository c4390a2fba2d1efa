import { spawn } from 'node:child_process'
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
})
