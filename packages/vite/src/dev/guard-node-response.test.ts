import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { RequestListener } from 'node:http'
import { Matcher, needlesOf } from '@keyblok/core/guard'
import type { Leak } from '@keyblok/core/guard'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tokens } from '../test-support.js'
import { guardNodeResponse } from './guard-node-response.js'

const token = tokens.preview
const stars = '*'.repeat(token.length)
const matcher = new Matcher(needlesOf('preview token', token))

/** Answers one request by a handler that is guarded, or is not. */
async function answer(
  handler: RequestListener,
  {
    guarded = true,
    path = '/',
    headers = {},
  }: { guarded?: boolean; path?: string; headers?: Record<string, string> } = {},
): Promise<{ response: Response; leaks: Leak[] }> {
  const leaks: Leak[] = []
  const server = createServer((request, response) => {
    if (guarded) guardNodeResponse(request, response, matcher, (leak) => leaks.push(leak))
    handler(request, response)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', headers })
  return { response, leaks }
}

describe('guardNodeResponse', () => {
  it.each<[string, RequestListener]>([
    ['at once', (_request, response) => response.end(`a ${token}`)],
    ['with its length', (_request, response) => response.writeHead(200, { 'Content-Length': 26 }).end(`a ${token}`)],
    ['as bytes', (_request, response) => response.end(Buffer.from(`a ${token}`))],
    ['in another encoding', (_request, response) => response.end(Buffer.from(`a ${token}`).toString('hex'), 'hex')],
    [
      'in parts that cut it',
      (_request, response) => {
        response.write(`a ${token.slice(0, 9)}`)
        response.write(token.slice(9, 12), 'utf8')
        response.end(token.slice(12))
      },
    ],
    [
      'in parts, each after the other was written',
      (_request, response) => {
        response.write(`a ${token.slice(0, 9)}`, () => response.write(token.slice(9), () => response.end()))
      },
    ],
  ])('overwrites a token in a body that is written %s', async (_name, handler) => {
    const { response, leaks } = await answer(handler)
    expect(await response.text()).toBe(`a ${stars}`)
    expect(leaks).toEqual([{ label: 'preview token', encoding: 'raw', place: 'body' }])
  })

  it.each<[string, RequestListener]>([
    ['set before', (_request, response) => response.setHeader('Location', `/?t=${token}`).writeHead(302).end()],
    ['given at the end', (_request, response) => response.writeHead(302, { Location: `/?t=${token}` }).end()],
    [
      'given with a message',
      (_request, response) => response.writeHead(302, 'Found', { Location: `/?t=${token}` }).end(),
    ],
    ['given as a list', (_request, response) => response.writeHead(302, ['Location', `/?t=${token}`]).end()],
  ])('overwrites a token in a header that is %s', async (_name, handler) => {
    const { response, leaks } = await answer(handler)
    expect(response.headers.get('Location')).toBe(`/?t=${stars}`)
    expect(leaks.map(({ place }) => place.toLowerCase())).toEqual(['location'])
  })

  it('overwrites a token in the text of the status', async () => {
    const { response, leaks } = await answer((_request, reply) => {
      reply.statusMessage = `bad ${token}`
      reply.end()
    })
    expect([response.statusText, leaks.map(({ place }) => place)]).toEqual([`bad ${stars}`, ['status']])
  })

  it('has files sent whole, since parts could hold the parts of a token', async () => {
    const ranges = async (path: string): Promise<string> => {
      const handler: RequestListener = (request, reply) => reply.end(String(request.headers.range))
      return (await answer(handler, { path, headers: { Range: 'bytes=0-9' } })).response.text()
    }
    expect(await ranges('/data.json')).toBe('undefined')
    expect(await ranges('/film.mp4?x')).toBe('bytes=0-9')
    expect(await ranges('/data.json?film.mp4')).toBe('undefined')
  })

  it('overwrites a token in a cookie, and keeps the others', async () => {
    const { response } = await answer((_request, reply) => reply.setHeader('Set-Cookie', ['a=1', `b=${token}`]).end())
    expect(response.headers.getSetCookie()).toEqual(['a=1', `b=${stars}`])
  })

  it('has bodies sent unpacked, since nothing is found in packed ones', async () => {
    const { response } = await answer((request, reply) => reply.end(String(request.headers['accept-encoding'])))
    expect(await response.text()).toBe('undefined')
  })

  it('overwrites a token in an answer by HTTP/2', async () => {
    const server = createHttp2Server((request, response) => {
      guardNodeResponse(request as never, response as never, matcher, () => {})
      response.setHeader('X-Leak', token)
      response.write(token.slice(0, 9))
      // It ends like a token begins.
      response.end(`${token.slice(9)} f`)
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    onTestFinished(() => session.close())
    const stream = session.request({ ':path': '/' })
    const [headers] = await once(stream, 'response')
    expect(headers['x-leak']).toBe(stars)
    expect(await text(stream)).toBe(`${stars} f`)
  })

  it.each<[string, RequestListener, string]>([
    [
      'a stream of events',
      (_request, response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data: 1\n\n'),
      'data: 1\n\n',
    ],
    ['flushed headers', (_request, response) => (response.flushHeaders(), response.end('fine')), 'fine'],
    ['a piped file', (_request, response) => void Readable.from(['fi', 'ne']).pipe(response), 'fine'],
    ['nothing', (_request, response) => response.writeHead(204).end(), ''],
    ['an end with a callback only', (_request, response) => response.end(() => {}), ''],
  ])('passes on %s', async (_name, handler, body) => {
    const { response, leaks } = await answer(handler)
    expect([await response.text(), leaks]).toEqual([body, []])
  })

  it('changes nothing else', async () => {
    const { response, leaks } = await answer((_request, reply) => {
      reply.statusCode = 201
      reply.setHeader('X-Kept', 'yes')
      reply.end('fine')
    })
    expect([response.status, response.headers.get('X-Kept'), await response.text(), leaks]).toEqual([
      201,
      'yes',
      'fine',
      [],
    ])
  })

  it('is what stops a token: without it, the same answer carries it', async () => {
    const { response } = await answer((_request, reply) => reply.end(token), { guarded: false })
    expect(await response.text()).toBe(token)
  })
})
