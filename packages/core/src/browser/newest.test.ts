import { expect, it } from 'vitest'
import { newest } from './newest.js'

/** Work that ends when it is told to. */
function createWork() {
  const begun: string[] = []
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const work = async (value: string): Promise<void> => {
    begun.push(value)
    most = Math.max(most, ++running)
    await new Promise<void>((resolve) => ends.push(resolve))
    running--
  }
  const end = async (): Promise<void> => {
    ends.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { work, begun, end, most: () => most }
}

it('does the first at once, and of what comes meanwhile only the newest', async () => {
  const { work, begun, end, most } = createWork()
  const run = newest(work)
  const first = run('a')
  expect(begun).toEqual(['a'])
  for (const value of ['b', 'c', 'd']) void run(value)
  await end()
  expect(begun).toEqual(['a', 'd'])
  await end()
  await first
  void run('e')
  expect(begun).toEqual(['a', 'd', 'e'])
  expect(most()).toBe(1)
})

it('goes on after one that failed', async () => {
  const done: string[] = []
  const run = newest(async (value: string) => {
    if (value === 'bad') throw new Error('It failed.')
    done.push(value)
  })
  await expect(run('bad')).rejects.toThrow('It failed.')
  await run('good')
  expect(done).toEqual(['good'])
})
