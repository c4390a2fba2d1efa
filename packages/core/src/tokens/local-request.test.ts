import { describe, expect, it } from 'vitest'
import { isLocalRequest } from './local-request.js'

describe('isLocalRequest', () => {
  it.each([
    'localhost:4321',
    'localhost',
    '127.0.0.1:5173',
    '127.9.9.9',
    '[::1]:3000',
    'app.localhost:80',
    'LOCALHOST:1',
  ])('knows %s for this machine', (host) => {
    expect(isLocalRequest(new Headers({ host }), '127.0.0.1')).toBe(true)
  })

  it.each([
    '192.168.1.20:4321',
    'my-tunnel.example',
    'localhost.example.com',
    'evil-localhost',
    '127.0.0.1.example.com',
    '0.0.0.0:4321',
    '[::2]',
    '',
  ])('does not take %j for it', (host) => {
    expect(isLocalRequest(new Headers({ host }), '127.0.0.1')).toBe(false)
  })

  it.each([
    'x-forwarded-for',
    'X-Forwarded-Host',
    'forwarded',
    'via',
    'cf-connecting-ip',
    'x-real-ip',
    'ngrok-trace-id',
  ])('does not believe a host beside %s', (name) => {
    expect(isLocalRequest(new Headers({ host: 'localhost', [name]: 'x' }), '::1')).toBe(false)
  })

  it('takes a request without a host for a foreign one', () => {
    expect(isLocalRequest(new Headers(), '127.0.0.1')).toBe(false)
  })

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])(
    'takes a connection from %s for one of its own',
    (peer) => {
      expect(isLocalRequest(new Headers({ host: 'localhost' }), peer)).toBe(true)
    },
  )

  it.each([undefined, '', '192.168.1.7', '::ffff:192.168.1.7', 'fe80::1', '127.0.0.1.example'])(
    'does not take a connection from %j for one',
    (peer) => {
      expect(isLocalRequest(new Headers({ host: 'localhost' }), peer)).toBe(false)
    },
  )
})
