import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A child process, and what it has printed. */
export interface RunningProcess {
  child: ChildProcess
  output(): string
  /** Resolves with the exit code, `null` after a signal. */
  ended: Promise<number | null>
  /** Asks the process to end, and insists after three seconds. */
  stop(): Promise<void>
}

export interface ProcessOptions {
  cwd: string
  env: NodeJS.ProcessEnv
}

/** Starts a script on the Node that runs this one. */
export function startNode(args: readonly string[], { cwd, env }: ProcessOptions): RunningProcess {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => (printed += text))
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    output: () => printed,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), 3000)
      await ended
      clearTimeout(insist)
    },
  }
}

/**
 * Waits until a URL answers, whatever the status.
 *
 * @throws When the process ends first, or after a minute; with what it printed.
 */
export async function waitForUrl(url: string, running: RunningProcess): Promise<void> {
  const end = Date.now() + 60_000
  while (running.child.exitCode === null && running.child.signalCode === null && Date.now() < end) {
    try {
      await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(end - Date.now()) })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`${url} did not answer.\n${running.output()}`)
}

/** Finds a free port: the wanted one, or any. */
export async function findFreePort(wanted = 0): Promise<number> {
  try {
    return await new Promise<number>((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen(wanted, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        server.close(() => resolve(port))
      })
    })
  } catch (error) {
    if (wanted === 0) throw error
    return findFreePort(wanted + 1)
  }
}
