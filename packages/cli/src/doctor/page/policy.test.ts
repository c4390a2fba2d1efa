import { describe, expect, it } from 'vitest'
import { allows, readMetaPolicies, readPolicies, sourcesOf } from './policy.js'

const page = new URL('https://www.example.test/a')

describe('allows', () => {
  it.each([
    ['*', 'https://app.storyblok.com'],
    ['https:', 'https://app.storyblok.com'],
    ["'self'", 'https://www.example.test'],
    ['app.storyblok.com', 'https://app.storyblok.com'],
    ['https://*.storyblok.com', 'https://app.storyblok.com'],
    ['http://localhost:*', 'http://localhost:4110'],
    ['https://cdn.test/scripts/', 'https://cdn.test/scripts/a.js'],
  ])('%s allows %s', (source, address) => expect(allows([source], new URL(address), page)).toBe(true))

  it.each([
    ["'none'", 'https://app.storyblok.com'],
    ["'self'", 'https://app.storyblok.com'],
    ['http:', 'https://app.storyblok.com'],
    ['*.storyblok.com', 'https://storyblok.com.test'],
    ['http://localhost', 'http://localhost:4110'],
    ["'nonce-abc'", 'https://www.example.test'],
  ])('%s does not allow %s', (source, address) => expect(allows([source], new URL(address), page)).toBe(false))
})

describe('readPolicies', () => {
  it('reads each policy of a header, and of a directive the first', () => {
    const header = "script-src 'self'; script-src *, default-src https:"
    const [first, second] = readPolicies(new Headers({ 'content-security-policy': header }))
    expect(first && sourcesOf(first, ['script-src', 'default-src'])).toEqual(["'self'"])
    expect(second && sourcesOf(second, ['script-src', 'default-src'])).toEqual(['https:'])
    expect(second && sourcesOf(second, ['style-src'])).toBeUndefined()
  })
})

describe('readMetaPolicies', () => {
  it('reads what stands in a page', () => {
    const html = `<meta charset="utf-8"><meta http-equiv="content-security-policy" content="script-src 'self' &#39;sha256-a&#39;">`
    const [policy] = readMetaPolicies(html)
    expect(policy && sourcesOf(policy, ['script-src'])).toEqual(["'self'", "'sha256-a'"])
    expect(readMetaPolicies('<meta name="description" content="script-src">')).toEqual([])
  })
})
