import { describe, expect, it } from 'vitest'
import { utf8 } from '../encoding.js'
import { tokens } from '../test-support.js'
import { needlesOf } from './encodings.js'
import { guardResponse } from './guard-response.js'
import type { Leak } from './guard-response.js'
import { Matcher } from './matcher.js'

const token = tokens.preview
const stars = '*'.repeat(token.length)
const matcher = new Matcher(needlesOf('preview token', token))

function guard(response: Response): { response: Response; leaks: Leak[] } {
  const leaks: Leak[] = []
  return { response: guardResponse(response, matcher, (leak) => leaks.push(leak)), leaks }
}

describe('guardResponse', () => {
  it('overwrites a token in the body, and tells of it', async () => {
    const { response, leaks } = guard(new Response(`a ${token} b`, { status: 201, headers: { 'X-Kept': 'yes' } }))
    expect(await response.text()).toBe(`a ${stars} b`)
    expect(leaks).toEqual([{ label: 'preview token', encoding: 'raw', place: 'body' }])
    expect([response.status, response.headers.get('X-Kept')]).toEqual([201, 'yes'])
  })

  it('overwrites a token in a header', () => {
    const { response, leaks } = guard(Response.redirect(`https://site.example/?t=${token}`))
    expect(response.headers.get('Location')).toBe(`https://site.example/?t=${stars}`)
    expect(leaks.map(({ place }) => place)).toEqual(['location'])
  })

  it('overwrites a token in one of several cookies', () => {
    const headers = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', `b=${token}; HttpOnly`],
    ])
    const { response, leaks } = guard(new Response(null, { headers }))
    expect(response.headers.getSetCookie()).toEqual(['a=1', `b=${stars}; HttpOnly`])
    expect(leaks).toHaveLength(1)
  })

  it('overwrites a token in the text of the status', () => {
    const { response, leaks } = guard(new Response('x', { status: 401, statusText: `bad ${token}` }))
    expect([response.status, response.statusText]).toEqual([401, `bad ${stars}`])
    expect(leaks.map(({ place }) => place)).toEqual(['status'])
  })

  it('sends a part as soon as it is there', async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>()
    const writer = body.writable.getWriter()
    const { response } = guard(new Response(body.readable))
    const reader = response.body?.getReader()
    void writer.write(utf8('first!'))
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first!')
    void writer.write(utf8(token.slice(0, 5)))
    void writer.write(utf8(`${token.slice(5)} last!`))
    void writer.close()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(`${stars} last!`)
    expect((await reader?.read())?.done).toBe(true)
  })

  it('ends the source when the visitor goes away', async () => {
    let reason: unknown
    const source = new ReadableStream<Uint8Array>({ cancel: (given) => void (reason = given) })
    await guard(new Response(source)).response.body?.cancel('gone')
    expect(reason).toBe('gone')
  })

  it('ends the body with an error of its listener', async () => {
    const response = guardResponse(new Response(token), matcher, () => {
      throw new Error('leaked')
    })
    await expect(response.text()).rejects.toThrow('leaked')
  })

  it('gives a response without a body back as it is', () => {
    const response = new Response(null, { status: 304 })
    expect(guard(response).response).toBe(response)
  })

  it('is what stops a token: unguarded, the same response carries it', async () => {
    expect(await new Response(`a ${token} b`).text()).toContain(token)
  })
})
