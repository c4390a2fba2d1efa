import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Runs a measurement against a local space in a process of its own.
 *
 * @param args - What the space holds; see `space-process.ts`.
 */
export async function withSpace<T>(args: readonly string[], measure: (apiOrigin: string) => Promise<T>): Promise<T> {
  const file = fileURLToPath(new URL('./space-process.ts', import.meta.url))
  const child = fork(file, args)
  const ended = once(child, 'exit').then(() => {
    throw new Error('The space’s process ended before the benchmark did.')
  })
  ended.catch(() => undefined)
  try {
    const [origin] = (await Promise.race([once(child, 'message'), ended])) as [string]
    return await measure(origin)
  } finally {
    child.disconnect()
  }
}
