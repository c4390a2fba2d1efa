import { describe, expect, it } from 'vitest'
import { isSignedUrl, storyblokAssetUrl } from './asset-url.js'

describe('storyblokAssetUrl', () => {
  it.each([
    'https://a.storyblok.com/f/1/x/abc/a.png',
    '//a.storyblok.com/f/1/x/abc/a.png',
    'https://s3.amazonaws.com/a.storyblok.com/f/1/x/abc/a.png',
    'https://a.storyblok.com/f/1/x/abc/a.png?cv=1',
  ])('finds the asset that %s names', (filename) => {
    expect(storyblokAssetUrl(filename)?.href).toBe('https://a.storyblok.com/f/1/x/abc/a.png')
  })

  it.each([
    'http://a.storyblok.com/f/1/a.png',
    'https://a.storyblok.com.evil.example/f/1/a.png',
    'https://a.storyblok.com@evil.example/f/1/a.png',
    'https://a.storyblok.com:8443/f/1/a.png',
    'https://s3.amazonaws.com/other/f/1/a.png',
    'https://127.0.0.1/f/1/a.png',
    'https://a.storyblok.com/v1/spaces',
    'file:///etc/passwd',
    '/etc/passwd',
    null,
    42,
  ])('finds none in %s', (filename) => {
    expect(storyblokAssetUrl(filename)).toBeUndefined()
  })
})

describe('isSignedUrl', () => {
  it.each([
    ['https://s3.amazonaws.com/a.storyblok.com/f/1/a.png?X-Amz-Signature=1', undefined, true],
    ['https://a-us.storyblok.com.s3.us-east-1.amazonaws.com/f/1/a.png', undefined, true],
    ['https://a.storyblok.com/f/1/a.png?signature=1', undefined, true],
    ['http://127.0.0.1:4110/f/1/a.png', 'http://127.0.0.1:4110', true],
    ['http://127.0.0.1:4110/f/1/a.png', undefined, false],
    ['https://s3.amazonaws.com/a.storyblok.com/f/1/a.png', 'http://127.0.0.1:4110', false],
    ['https://s3.amazonaws.com/evil/f/1/a.png', undefined, false],
    ['https://a.storyblok.com.evilamazonaws.com/f/1/a.png', undefined, false],
    ['https://user@a.storyblok.com/f/1/a.png', undefined, false],
    ['no address', undefined, false],
  ])('%s, local space %s: %s', (url, localOrigin, expected) => {
    expect(isSignedUrl(url, localOrigin)).toBe(expected)
  })
})
