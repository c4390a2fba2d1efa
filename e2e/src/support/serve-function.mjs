// Serves what an adapter wrote the way its platform calls it: node serve-function.mjs <file>
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const { default: main, handler } = await import(pathToFileURL(resolve(process.argv[2])).href)

/** Turns a function of requests into one of Node’s. */
const listener = (answer) => async (incoming, outgoing) => {
  const { headers, method, url } = incoming
  const request = new Request(`http://${headers.host}${url}`, { method, headers: new Headers(headers) })
  const response = await answer(request, { ip: '127.0.0.1' })
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  outgoing.writeHead(response.status)
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

/** Netlify calls a function, Vercel its `fetch`; a Node server has the handler as middleware. */
const listen = handler ?? listener(typeof main === 'function' ? main : (request) => main.fetch(request))
createServer(listen).listen(Number(process.env.PORT), process.env.HOST)
