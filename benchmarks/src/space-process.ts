// A local space in a process of its own, so that its work is not counted. Sends its address.
// space-process.ts [--latency MS] [--stories N] [--relations N] [--rate-limit] [--remember]
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import { demoContent } from './demo-content.ts'
import { generateStories } from './generate-stories.ts'
import { tokens } from './tokens.ts'

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '0' },
    stories: { type: 'string', default: '0' },
    relations: { type: 'string', default: '0' },
    'rate-limit': { type: 'boolean', default: false },
    remember: { type: 'boolean', default: false },
  },
})
const stories = Number(values.stories)
const latency = Number(values.latency)

const space = createLocalSpace({
  content: stories === 0 ? demoContent : undefined,
  tokens,
  latency,
  rateLimit: values['rate-limit'],
})
if (stories > 0) space.addStories(generateStories(stories, Number(values.relations)))

const origin = values.remember ? await listenFromMemory() : (await space.listen()).url
process.send?.(origin)
// Ends with the benchmark, however that ends.
process.once('disconnect', () => process.exit(0))

/** Where only the clients’ own work is to count, the space answers an address once and then from memory. */
async function listenFromMemory(): Promise<string> {
  const answers = new Map<string, ReturnType<typeof ask>>()
  const server = createServer(async (incoming, outgoing) => {
    if (latency > 0) await wait(latency)
    const url = `http://${incoming.headers.host}${incoming.url}`
    const answer = answers.get(url) ?? ask(url)
    answers.set(url, answer)
    const { status, headers, body } = await answer
    outgoing.writeHead(status, headers).end(body)
  })
  // Longer than any pause of a benchmark: a connection that closes meanwhile would fail a client that does not retry.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(url: string): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  const response = await space.fetch(new Request(url))
  const body = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}
