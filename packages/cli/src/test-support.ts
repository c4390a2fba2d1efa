import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { LocalSpace } from '@keyblok/space'
import { onTestFinished } from 'vitest'

const cli = fileURLToPath(new URL('../bin/keyblok.js', import.meta.url))

/** The playgrounds' content. */
export const demoContent: string = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))

/** Makes a folder with files, which goes when the test ends. */
export function createFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** What a run of the command line left. */
export interface Run {
  exitCode: number | null
  stdout: string
  stderr: string
  /** Both, for what must be said, or must not, wherever. */
  output: string
}

export interface RunOptions {
  cwd?: string
  env?: Readonly<Record<string, string>>
  /** The user to run as, where the tests may choose. */
  uid?: number | undefined
  /** Called with the process as soon as it runs. */
  started?: (child: { kill(signal: NodeJS.Signals): boolean }) => void
  /** Called with the process once its output holds the text. */
  when?: { text: string; run: (child: { kill(signal: NodeJS.Signals): boolean }) => void }
}

/** Runs the built command in a process of its own, with no variables but those given, and nobody to ask. */
export async function runKeyblok(
  args: readonly string[],
  { cwd, env = {}, uid, started, when }: RunOptions = {},
): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: cwd ?? createFolder(),
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  started?.(child)
  if (when) {
    let seen = ''
    const look = (chunk: Buffer): void => {
      const before = seen.includes(when.text)
      seen += chunk.toString()
      if (!before && seen.includes(when.text)) when.run(child)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
  }
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { exitCode: await closed, stdout, stderr, output: stdout + stderr }
}

/** Serves a space until the test ends, and gives the variables that lead to it. */
export async function serveSpace(space: LocalSpace): Promise<Record<string, string>> {
  const server = await space.listen({ port: 0 })
  onTestFinished(() => server.close())
  return {
    STORYBLOK_API_URL: server.url,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: space.tokens.public,
    STORYBLOK_PREVIEW_TOKEN: space.tokens.preview,
    STORYBLOK_PERSONAL_ACCESS_TOKEN: space.tokens.personal,
  }
}

/** A space behind a server that notes what is asked, and can let it wait or answer otherwise. */
export interface WatchedSpace {
  env: Record<string, string>
  /** The paths that were asked, without their queries. */
  asked: string[]
}

/**
 * Serves a space like `serveSpace`, watching.
 *
 * @param answer - Answers a request in the space's place; may wait before it gives nothing.
 */
export async function watchSpace(
  space: LocalSpace,
  answer: (path: string, url: URL) => Promise<Response | undefined> | Response | undefined = () => undefined,
): Promise<WatchedSpace> {
  const asked: string[] = []
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
    asked.push(url.pathname)
    const { authorization = '' } = incoming.headers
    const own = await answer(url.pathname, url)
    const response = own ?? (await space.fetch(new Request(url, { headers: { authorization } })))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  }
  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const { tokens } = space
  const env = {
    STORYBLOK_API_URL: `http://127.0.0.1:${port}`,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: tokens.preview,
    STORYBLOK_PERSONAL_ACCESS_TOKEN: tokens.personal,
  }
  return { env, asked }
}
