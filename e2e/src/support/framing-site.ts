import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server in front of an API, which also has pages that frame others. */
export interface FramingSite {
  url: string
  /** The path of a page that frames pages, by the names of their frames. */
  frame(frames: Readonly<Record<string, string>>): string
  close(): Promise<void>
}

/** Starts it; what is no framing page is the API's to answer. */
export async function startFramingSite(api: string): Promise<FramingSite> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://framing.test')
    if (pathname === '/frame') {
      const frames = [...searchParams].map(([name, address]) => `<iframe name="${name}" src="${address}"></iframe>`)
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>${frames.join('')}`)
      return
    }
    const answer = await fetch(`${api}${url}`, { redirect: 'manual' })
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frame: (frames) => `/frame?${new URLSearchParams(frames)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
