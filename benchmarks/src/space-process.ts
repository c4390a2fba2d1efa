// A local space in a process of its own, so that its work is not counted. Sends its address, and answers `requests` with
// how many it was sent, `change N` once it published another text of its story N.
// space-process.ts [--latency MS] [--stories N] [--articles] [--relations N] [--rate-limit] [--remember]
import { subscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import { demoContent } from './demo-content.ts'
import { generateArticles } from './generate-articles.ts'
import { generateStories, slugOf } from './generate-stories.ts'
import { tokens } from './tokens.ts'

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '0' },
    stories: { type: 'string', default: '0' },
    relations: { type: 'string', default: '0' },
    articles: { type: 'boolean', default: false },
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
const generate = values.articles ? generateArticles : generateStories
const generated = generate(stories, Number(values.relations))
if (stories > 0) space.addStories(generated)

let requests = 0
subscribe('http.server.request.start', () => requests++)
process.on('message', (message: string) => {
  const [question, index] = message.split(' ')
  if (question === 'change') change(Number(index))
  process.send?.(requests)
})

const origin = values.remember ? await listenFromMemory() : (await space.listen()).url
process.send?.(origin)
// Ends with the benchmark, however that ends.
process.once('disconnect', () => process.exit(0))

function change(index: number): void {
  const { content } = generated[index]!
  const slug = slugOf(index)
  space.saveDraft(slug, { ...content, title: `${String(content['title'])}, once more` })
  if (!space.publish(slug)) throw new Error(`There is no story ${slug}.`)
}

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
