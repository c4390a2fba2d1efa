import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

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

const attempts = 20

/**
 * Serves a fetch handler over HTTP. A port that is taken gives way to the next one.
 *
 * @throws The system's error when no port can be bound.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
): Promise<Listener> {
  const server = createServer(getRequestListener(fetch))
  await bind(server, port, host, attempts)
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
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
