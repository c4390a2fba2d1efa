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
    expect(isLocalRequest(new Headers({ host }))).toBe(true)
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
    expect(isLocalRequest(new Headers({ host }))).toBe(false)
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
    expect(isLocalRequest(new Headers({ host: 'localhost', [name]: 'x' }))).toBe(false)
  })

  it('takes a request without a host for a foreign one', () => {
    expect(isLocalRequest(new Headers())).toBe(false)
  })
})
