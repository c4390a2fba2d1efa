import type { PullContext } from './pull-context.js'

/**
 * Does the work of many items, several at a time: the next one starts when one is done.
 *
 * @throws The first failure, once nothing runs any more.
 */
export async function forEach<Item>(
  { stop, signal }: Pick<PullContext, 'stop' | 'signal'>,
  items: Iterable<Item>,
  inFlight: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]()
  const run = async (): Promise<void> => {
    for (let next = queue.next(); !next.done && !signal.aborted; next = queue.next()) await work(next.value)
  }
  let failure: { error: unknown } | undefined
  await Promise.all(
    Array.from({ length: inFlight }, () =>
      run().catch((error: unknown) => {
        failure ??= { error }
        stop()
      }),
    ),
  )
  if (failure) throw failure.error
  signal.throwIfAborted()
}
