import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import { summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { tokens } from './tokens.ts'

const content = fileURLToPath(new URL('../../playgrounds/content/space', import.meta.url))
const rounds = 15

/** The local space's figures. */
export default async function space(): Promise<Figure[]> {
  const runs: number[] = []
  for (let round = 0; round < rounds; round++) runs.push(await startTime())
  return [summarize('space.start.ms', 'ms', runs)]
}

/** The time from nothing to the first answer over HTTP, in milliseconds. */
async function startTime(): Promise<number> {
  const start = performance.now()
  const local = createLocalSpace({ content, tokens })
  const listener = await local.listen()
  await (await fetch(`${listener.url}/v2/cdn/stories/home?version=draft&token=${tokens.preview}`)).json()
  const time = performance.now() - start
  await listener.close()
  local.close()
  return time
}
