import { afterEach, describe, expect, it, vi } from 'vitest'
import { tokens } from '../test-support.js'
import { createResponseGuard } from './response-guard.js'
import type { ResponseGuardOptions } from './response-guard.js'

const stars = '*'.repeat(tokens.preview.length)
const variables: Readonly<Record<string, string>> = {
  STORYBLOK_PREVIEW_TOKEN: tokens.preview,
  STORYBLOK_PUBLIC_TOKEN: tokens.public,
  SMTP_PASSWORD: 'fakePASSWORD',
}

const create = (options: Partial<ResponseGuardOptions> = {}) =>
  createResponseGuard({ env: (name) => variables[name], spaces: ['STORYBLOK'], test: false, ...options })

describe('createResponseGuard', () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  afterEach(() => errors.mockClear())

  it('overwrites a token, and reports the route without it', async () => {
    const response = create()(new Response(`a ${tokens.preview}`), 'GET /about')
    expect(await response.text()).toBe(`a ${stars}`)
    expect(errors.mock.calls.join()).toContain('GET /about answered with the preview token (raw) in its body')
    expect(errors.mock.calls.join()).not.toContain(tokens.preview)
  })

  it('reports a route that holds the token without it', async () => {
    await create()(new Response(tokens.preview), `GET /echo-${tokens.preview}`).text()
    expect(errors.mock.calls.join()).toContain(`GET /echo-${stars} answered`)
    expect(errors.mock.calls.join()).not.toContain(tokens.preview)
  })

  it('overwrites what else the site keeps secret', async () => {
    const guard = create({ secrets: ['SMTP_PASSWORD'] })
    expect(await guard(new Response('fakePASSWORD'), 'GET /').text()).toBe('************')
  })

  it('lets the kinds pass that are allowed', async () => {
    const guard = create({ allow: ['public'] })
    expect(await guard(new Response(tokens.public), 'GET /').text()).toBe(tokens.public)
    expect(errors).not.toHaveBeenCalled()
  })

  it('passes answers on where there is no secret', () => {
    const response = new Response('x')
    expect(create({ env: () => undefined })(response, 'GET /')).toBe(response)
  })

  it('fails a test that reads the answer, and the run', async () => {
    const unhandled: unknown[] = []
    const listeners = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', (reason) => unhandled.push(reason))
    const guard = create({ test: true })
    const response = guard(new Response(tokens.preview), 'GET /')
    await expect(response.text()).rejects.toMatchObject({ code: 'KB_TOKEN_LEAKED' })
    expect(() => guard(new Response('fine'), 'GET /other')).toThrow('GET / answered with the preview token')
    await vi.waitFor(() => expect(unhandled).toMatchObject([{ code: 'KB_TOKEN_LEAKED' }]))
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  })
})
