import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Deliver } from './delivery/delivery.js'
import { lengthOf } from './delivery/json.js'
import { deliveryBase } from './delivery/operations.js'
import type { Handler } from './handler.js'
import type { Faults } from './faults/faults.js'
import { writeFault } from './faults/write-fault.js'

export interface ListenOptions {
  /** The port to try first; 0 (the default) takes any free one. */
  port?: number
  /** The address to bind, `127.0.0.1` by default: a local space is for this machine. */
  host?: string
}

/** A running server. */
export interface Listener {
  /** The server's origin, such as `http://127.0.0.1:4110`. */
  url: string
  port: number
  /** Stops the server and ends its open connections. */
  close(): Promise<void>
}

/** What a server answers with. */
export interface Handlers {
  fetch: Handler
  deliver: Deliver
  faults: Faults
}

const attempts = 20

/**
 * Serves a space over HTTP. A port that is taken gives way to the next one.
 *
 * @throws The system's error when no port can be bound.
 */
export async function listen(
  handlers: Handlers,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<Listener> {
  const server = createServer(createListener(handlers))
  // Longer than clients keep a connection that they do not use, so that none is cut while they take it up again.
  server.keepAliveTimeout = 65_000
  await bind(server, port, host, attempts)
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        // A server that is closed already is what is wanted.
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createListener({ fetch, deliver, faults }: Handlers): RequestListener {
  let general: Promise<(incoming: IncomingMessage, outgoing: ServerResponse) => void> | undefined
  const answer: RequestListener = (incoming, outgoing) => {
    // Reads are by far the most requests; they need no `Request` and no `Response`.
    if (isDeliveryRead(incoming)) {
      answerRead(deliver, incoming, outgoing)
      return
    }
    general ??= import('@hono/node-server').then(({ getRequestListener }) =>
      getRequestListener((request, { incoming: { socket } }) => fetch(request, socket.remoteAddress)),
    )
    void general.then((listener) => listener(incoming, outgoing))
  }
  const answerOrFail: RequestListener = (incoming, outgoing) => {
    const fault = faults.next(incoming.url ?? '/')
    if (fault) writeFault(fault, outgoing)
    else answer(incoming, outgoing)
  }
  return (incoming, outgoing) => {
    if (faults.latency > 0) void wait(faults.latency).then(() => answerOrFail(incoming, outgoing))
    else answerOrFail(incoming, outgoing)
  }
}

function isDeliveryRead({ method, url, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.host !== undefined && url?.startsWith(deliveryBase) === true
}

function answerRead(deliver: Deliver, { url, headers }: IncomingMessage, outgoing: ServerResponse): void {
  const href = `http://${headers.host}${url}`
  if (!URL.canParse(href)) {
    outgoing.writeHead(400).end()
    return
  }
  const response = deliver(href, headers['if-none-match'])
  outgoing.writeHead(response.status, { ...response.headers, 'Content-Length': lengthOf(response.body) })
  outgoing.cork()
  for (const part of response.body) outgoing.write(part)
  outgoing.end()
}

async function bind(server: Server, port: number, host: string, remaining: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!taken || port === 0 || remaining <= 1) throw error
    await bind(server, port + 1, host, remaining - 1)
  }
}
