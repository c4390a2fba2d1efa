import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What can go wrong with an API. */
export type Fault = 'none' | 'down' | 'slow' | 'html' | 'broken-json' | 'refused' | 'error'

/** An API that answers as another one does, until it is told to fail. */
export interface FaultyApi {
  url: string
  fail(fault: Fault): void
  /** The paths that were asked, with their queries. */
  asked: string[]
  close(): Promise<void>
}

const slowness = 10_000

type Respond = (response: ServerResponse) => void

const faults: Record<Exclude<Fault, 'none'>, Respond> = {
  down: (response) => response.destroy(),
  slow: (response) => {
    const timer = setTimeout(() => response.end('{}'), slowness)
    response.once('close', () => clearTimeout(timer))
  },
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the Wi-Fi</h1>'),
  'broken-json': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"story":'),
  refused: (response) =>
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Unauthorized"}'),
  error: (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
}

/** Stands between a site and its API. */
export async function startFaultyApi(origin: string): Promise<FaultyApi> {
  let fault: Fault = 'none'
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    asked.push(request.url ?? '')
    if (fault !== 'none') {
      faults[fault](response)
      return
    }
    const answer = await fetch(`${origin}${request.url}`, { redirect: 'manual' })
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (next) => (fault = next),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
