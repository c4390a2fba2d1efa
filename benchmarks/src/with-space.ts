import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Runs a measurement against a local space in a process of its own.
 *
 * @param args - What the space holds; see `space-process.ts`.
 */
export async function withSpace<T>(args: readonly string[], measure: (apiOrigin: string) => Promise<T>): Promise<T> {
  const file = fileURLToPath(new URL('./space-process.ts', import.meta.url))
  const space = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const [chunk] = (await once(space.stdout, 'data')) as [Buffer]
    return await measure(chunk.toString().trim())
  } finally {
    space.stdin.end()
  }
}
