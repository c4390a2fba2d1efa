import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a measurement asks of the space's process. */
export interface SpaceProcess {
  /** How many requests it was sent so far. */
  requests(): Promise<number>
  /** Publishes another text of a generated story. */
  change(index: number): Promise<void>
}

const longestStart = 60_000
const longestAnswer = 10_000

/**
 * Runs a measurement against a local space in a process of its own.
 *
 * @param args - What the space holds; see `space-process.ts`.
 */
export async function withSpace<T>(
  args: readonly string[],
  measure: (apiOrigin: string, space: SpaceProcess) => Promise<T>,
): Promise<T> {
  const file = fileURLToPath(new URL('./space-process.ts', import.meta.url))
  const child = fork(file, args)
  const ended = once(child, 'exit').then(() => {
    throw new Error('The space’s process ended before the benchmark did.')
  })
  ended.catch(() => undefined)
  const message = <Answer>(longest: number): Promise<Answer> =>
    Promise.race([nextMessage<Answer>(child, longest), ended])
  const ask = (question: string): Promise<number> => {
    child.send(question)
    return message<number>(longestAnswer)
  }
  try {
    const origin = await message<string>(longestStart)
    return await measure(origin, {
      requests: () => ask('requests'),
      change: (index) => ask(`change ${index}`).then(() => undefined),
    })
  } finally {
    child.disconnect()
  }
}

async function nextMessage<Answer>(child: ChildProcess, longest: number): Promise<Answer> {
  const [answer] = (await once(child, 'message', { signal: AbortSignal.timeout(longest) })) as [Answer]
  return answer
}
