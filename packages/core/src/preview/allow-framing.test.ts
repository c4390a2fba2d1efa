import { describe, expect, it } from 'vitest'
import { allowFraming, editorOrigins } from './allow-framing.js'

describe('the editor', () => {
  it.each([
    ['https://api.storyblok.com', ['https://app.storyblok.com']],
    ['https://api-us.storyblok.com', ['https://app.storyblok.com']],
    ['https://app.storyblokchina.cn', ['https://app.storyblokchina.cn']],
    ['http://127.0.0.1:4110', ['http://localhost:*', 'http://127.0.0.1:*']],
    ['https://cms.example.com', ['https://cms.example.com', 'https://app.storyblok.com']],
  ])('of %s is at %j', (api, origins) => {
    expect(editorOrigins(api)).toEqual(origins)
  })

  it.each([
    [undefined, "frame-ancestors 'self' https://editor.test"],
    ["frame-ancestors 'none'", "frame-ancestors 'self' https://editor.test"],
    ["default-src 'self'; Frame-Ancestors 'self'", "default-src 'self';, frame-ancestors 'self' https://editor.test"],
    [
      "frame-ancestors 'self'; img-src *, frame-ancestors https://other.test",
      "img-src *, frame-ancestors 'self' https://editor.test",
    ],
    ["default-src 'self'", "default-src 'self', frame-ancestors 'self' https://editor.test"],
  ])('may frame a page with the policy %j, and nobody else', (policy, expected) => {
    const headers = new Headers({ 'x-frame-options': 'DENY', ...(policy && { 'content-security-policy': policy }) })
    expect(allowFraming(headers, ['https://editor.test'])).toEqual({
      'Content-Security-Policy': expected,
      'X-Frame-Options': '',
    })
  })
})
