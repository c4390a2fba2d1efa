import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { expect, it, onTestFinished } from 'vitest'
import { createFolder, serveSpace } from '../test-support.js'
import type { FindingId } from './catalogue.js'
import type { Catalogue } from './catalogue/entry.js'
import type { Check, CheckResult } from './check.js'
import { createContext } from './context.js'

/** What a check gave, and the secrets that it may not tell. */
export interface Seen extends CheckResult {
  secrets: string[]
}

/** What a check looks at. */
export interface Project {
  files?: Readonly<Record<string, string>>
  /** The files that git tracks; without it there is no repository. */
  tracked?: readonly string[]
  env?: Readonly<Record<string, string>>
  signal?: AbortSignal
}

/** Runs a check on a project that has these files and variables, and no others. */
export async function look(
  check: Check,
  { files, tracked, env = {}, signal = new AbortController().signal }: Project = {},
): Promise<Seen> {
  const folder = createFolder(files)
  if (tracked) {
    execFileSync('git', ['init', '-q'], { cwd: folder })
    if (tracked.length > 0) execFileSync('git', ['add', '-f', '--', ...tracked], { cwd: folder })
  }
  const context = createContext({ folder, own: { ...env }, signal })
  const secrets = [...context.variables].filter(([name]) => /TOKEN|SECRET|PASSWORD/.test(name))
  const values = secrets.flatMap(([, { value }]) => value.split(/[,:]/)).filter((value) => value.length >= 8)
  return { ...(await check.run(context)), secrets: values }
}

/** Makes an empty space, or another, served until the test ends, and the variables that lead to it. */
export async function startSpace(space: LocalSpace = createLocalSpace()): Promise<{
  space: LocalSpace
  env: Record<string, string>
}> {
  return { space, env: await serveSpace(space) }
}

/** Asks the Management API of a space to change something. */
export async function manage<Answer>(space: LocalSpace, method: string, path: string, body?: unknown): Promise<Answer> {
  const request = new Request(`http://space.test/v1/${path}`, {
    method,
    headers: { authorization: space.tokens.personal, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const response = await space.fetch(request)
  expect(response.ok).toBe(true)
  return (response.status === 204 ? {} : await response.json()) as Answer
}

/** Serves answers on a free port until the test ends. */
export async function serve(answer: (request: Request) => Response | Promise<Response>): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', headers, url = '/' } = incoming
      const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream)
      const init = { method, headers: headers as Record<string, string>, body, duplex: 'half' }
      const response = await answer(new Request(`http://${headers.host}${url}`, init as RequestInit))
      const cookies = response.headers.getSetCookie()
      outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'set-cookie': cookies })
      outgoing.end(Buffer.from(await response.arrayBuffer()))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

/** How a finding is provoked, and what it then says. */
export interface Provocation {
  /** The place and the sentence, or how they begin. */
  says: string | RegExp
  look: () => Promise<Seen>
}

/** Provokes each finding of a room; nothing that a check says holds a secret. */
export function itFinds<Id extends FindingId>(
  catalogue: Catalogue<Id>,
  provocations: Readonly<Record<Id, Provocation>>,
): void {
  it('provokes all that it can find', () => {
    expect(Object.keys(provocations).toSorted()).toEqual(Object.keys(catalogue).toSorted())
  })

  it.each(Object.entries<Provocation>(provocations))('finds %s', async (id, provocation) => {
    const { findings, said, secrets } = await provocation.look()
    const found = findings.filter((one) => one.id === id).map(({ where, what }) => (where ? `${where}: ${what}` : what))
    const { says } = provocation
    const isSaid = (text: string): boolean => (typeof says === 'string' ? text === says : says.test(text))
    expect(found.filter(isSaid), `of ${found.join('\n')}`).not.toEqual([])
    for (const secret of secrets) expect(JSON.stringify({ findings, said })).not.toContain(secret)
  })
}
