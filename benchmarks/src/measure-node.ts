import { startNode } from '../../scripts/lib/processes.ts'
import type { ProcessOptions } from '../../scripts/lib/processes.ts'

/** What a process took. */
export interface Usage {
  /** From start to end, in milliseconds. */
  ms: number
  /** Of all processors, in milliseconds. On a machine that others use too, the time from start to end says more of them. */
  cpu: number
  /** The most memory that it had at once, in bytes. */
  memory: number
}

/** Ten minutes are more than any script here takes. */
const longest = 600_000

/** What a build printed last says why it failed, in characters. */
const longestPrint = 4000

/** Prints what a process took when it ends. */
const reportAtExit = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads'
  if (isMainThread) process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    console.log('usage:', (userCPUTime + systemCPUTime) / 1000, maxRSS * 1024)
  })`)}`

/**
 * Runs a script to its end.
 *
 * @throws When it fails or does not end; with what it printed.
 */
export async function measureNode(args: readonly string[], options: ProcessOptions): Promise<Usage> {
  const start = performance.now()
  const running = startNode(['--import', reportAtExit, ...args], options)
  const limit = setTimeout(() => void running.stop(), longest)
  try {
    const exitCode = await running.ended
    const [, cpu, memory] = /usage: ([\d.]+) (\d+)/.exec(running.output()) ?? []
    if (exitCode !== 0 || memory === undefined) {
      const end = exitCode ?? running.child.signalCode
      throw new Error(`The script ended with ${end}.\n${running.output().slice(-longestPrint)}`)
    }
    return { ms: performance.now() - start, cpu: Number(cpu), memory: Number(memory) }
  } finally {
    clearTimeout(limit)
    await running.stop()
  }
}
