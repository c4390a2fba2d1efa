import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as startTimer } from 'node:timers'
import { setTimeout } from 'node:timers/promises'

/** What can go wrong with an API. */
export type Fault =
  | 'none'
  | 'down'
  | 'reset'
  | 'slow'
  | 'html'
  | 'broken-json'
  | 'refused'
  | 'limited'
  | 'limited-text'
  | 'failed'
  | 'error'

/** An API that answers as another one does, until it is told to fail. */
export interface FaultyApi {
  url: string
  /** The paths that were asked, with their queries. */
  asked: string[]
  /** Fails every so many requests, counted from now: each one unless told otherwise. */
  fail(fault: Fault, every?: number): void
  /** Lets each answer wait, in milliseconds. */
  slowDown(latency: number): void
  /** How many requests failed so far. */
  readonly failures: number
  /** How many requests were given up by whoever asked, while they waited. */
  readonly abandoned: number
  close(): Promise<void>
}

const slowness = 10_000

type Respond = (response: ServerResponse) => void

const faults: Record<Exclude<Fault, 'none'>, Respond> = {
  down: (response) => response.destroy(),
  reset: (response) => response.socket?.resetAndDestroy(),
  slow: (response) => {
    const timer = startTimer(() => response.end('{}'), slowness)
    response.once('close', () => clearTimeout(timer))
  },
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the Wi-Fi</h1>'),
  'broken-json': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"story":'),
  refused: (response) =>
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Unauthorized"}'),
  // Without saying when to come back.
  limited: (response) =>
    response.writeHead(429, { 'content-type': 'application/json' }).end('{"error":"Too Many Requests"}'),
  'limited-text': (response) => response.writeHead(429, { 'content-type': 'text/plain' }).end('Too Many Requests'),
  failed: (response) =>
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"Internal Server Error"}'),
  error: (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
}

/** Stands between a site and its API. */
export async function startFaultyApi(origin: string): Promise<FaultyApi> {
  let fault: Fault = 'none'
  const asked: string[] = []
  let every = 1
  let seen = 0
  let failures = 0
  let abandoned = 0
  let latency = 0
  const server = createServer(async (request, response) => {
    asked.push(request.url ?? '')
    seen++
    if (fault !== 'none' && seen % every === 0) {
      failures++
      response.once('close', () => {
        if (fault === 'slow' && !response.writableEnded) abandoned++
      })
      faults[fault](response)
      return
    }
    if (latency > 0) await setTimeout(latency)
    const answer = await fetch(`${origin}${request.url}`, { redirect: 'manual' })
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (next, nextEvery = 1) => {
      fault = next
      every = nextEvery
      seen = 0
    },
    asked,
    slowDown: (milliseconds) => {
      latency = milliseconds
    },
    get failures() {
      return failures
    },
    get abandoned() {
      return abandoned
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
