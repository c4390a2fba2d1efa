import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a proxy does to what passes. */
interface ProxyOptions {
  /** Keeps the cookies from browsers whose header is like this, as a browser that refuses them does. */
  drops?: RegExp
}

/** Starts a proxy in front of sites, to which it gives requests in turn, until the test ends; resolves with its origin. */
export async function startProxy(sites: readonly string[], { drops }: ProxyOptions = {}): Promise<string> {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const site = new URL(sites[turn++ % sites.length] ?? '')
    const { method, url: path, headers } = incoming
    const passed = request({ host: site.hostname, port: site.port, method, path, headers }, (answer) => {
      const kept = answer.headers['set-cookie']?.filter((cookie) => !drops?.test(cookie))
      const answered = { ...answer.headers, ...(kept && { 'set-cookie': kept }) }
      outgoing.writeHead(answer.statusCode ?? 502, answered)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return `http://localhost:${(server.address() as AddressInfo).port}`
}
