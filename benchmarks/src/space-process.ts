// A local space in a process of its own, so that its work is not counted. Prints its address.
// node space-process.ts [--latency MS] [--stories N] [--relations N] [--rate-limit] [--remember]
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import type { StoryInput } from '@keyblok/space'
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
const [latency, stories, relations] = [values.latency, values.stories, values.relations].map(Number) as [
  number,
  number,
  number,
]

const content = fileURLToPath(new URL('../../playgrounds/content/space', import.meta.url))
const space = createLocalSpace({
  content: stories === 0 ? content : undefined,
  tokens,
  rateLimit: values['rate-limit'],
})
if (stories > 0) space.addStories(generate(stories, relations))

// Where only the clients’ own work is to count, the space answers an address once and then from memory.
interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

const answers = new Map<string, Promise<Answer>>()

function answer(url: string): Promise<Answer> {
  const known = values.remember ? answers.get(url) : undefined
  const result = known ?? ask(url)
  answers.set(url, result)
  return result
}

async function ask(url: string): Promise<Answer> {
  const response = await space.fetch(new Request(url))
  const body = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}

const server = createServer(async (incoming, response) => {
  // The network's time passes before the answer, whatever the server has to do.
  if (latency > 0) await wait(latency)
  const { status, headers, body } = await answer(`http://${incoming.headers.host}${incoming.url}`)
  response.writeHead(status, headers).end(body)
})
// Longer than any pause of a benchmark: a connection that closes meanwhile would fail a client that does not retry.
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
// Ends with the benchmark, however that ends.
process.stdin.resume().once('end', () => process.exit(0))

/** Makes stories of about 2.5 kB, each with relations to others of the same set. */
function generate(count: number, related: number): StoryInput[] {
  const uuidOf = (index: number): string => `00000000-0000-4000-9000-${String(index % count).padStart(12, '0')}`
  return Array.from({ length: count }, (_, index) => ({
    fullSlug: `posts/post-${index}`,
    uuid: uuidOf(index),
    position: index,
    content: {
      _uid: `u${index}`,
      component: 'post',
      title: `Post ${index}`,
      related: Array.from({ length: related }, (__, step) => uuidOf(index + 1 + step * 7)),
      body: Array.from({ length: 8 }, (__, part) => ({
        _uid: `u${index}-${part}`,
        component: 'text',
        text: 'Chalk, rope and a long way home. '.repeat(7),
      })),
    },
  }))
}
