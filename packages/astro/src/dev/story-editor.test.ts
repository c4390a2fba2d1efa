import { describe, expect, it } from 'vitest'
import { storyEditor } from './story-editor.js'

describe('the address of a space’s editor', () => {
  it('is Storyblok’s, in every region', () => {
    const address = 'https://app.storyblok.com/#/me/spaces/123/stories/0/0/'
    expect(storyEditor('https://api.storyblok.com', 123)).toBe(address)
    expect(storyEditor('https://api-us.storyblok.com', 123)).toBe(address)
  })

  it('is China’s own', () => {
    expect(storyEditor('https://app.storyblokchina.cn', 7)).toBe(
      'https://app.storyblokchina.cn/#/me/spaces/7/stories/0/0/',
    )
  })

  it('is the local space’s, which has one space only', () => {
    expect(storyEditor('http://127.0.0.1:4110', null)).toBe('http://127.0.0.1:4110/editor/#story=')
    expect(storyEditor('https://api.storyblok.com.example', 1)).toBe('https://api.storyblok.com.example/editor/#story=')
  })

  it('is unknown without a space id', () => {
    expect(storyEditor('https://api.storyblok.com', null)).toBeUndefined()
  })
})
