import { describe, expect, it } from 'vitest'
import { saysContentChanged } from './editor-messages.js'

const self = { name: 'page' } as unknown as Window
const parent = { name: 'editor' } as unknown as Window
const origins = ['https://app.storyblok.com']
const message = { source: parent, origin: 'https://app.storyblok.com', data: { action: 'published', storyId: 1 } }

describe('a message of the editor', () => {
  it('says that content changed', () => {
    const says = (action: string) => saysContentChanged({ ...message, data: { action } }, { self, parent }, origins)
    expect(['published', 'unpublished', 'change', 'input', 'pingBack'].filter(says)).toEqual([
      'published',
      'unpublished',
      'change',
    ])
  })

  it('counts from the frame around the page only', () => {
    expect(saysContentChanged({ ...message, source: self }, { self, parent }, origins)).toBe(false)
    expect(saysContentChanged({ ...message, source: null }, { self, parent }, origins)).toBe(false)
    expect(saysContentChanged({ ...message, source: self }, { self, parent: self }, origins)).toBe(false)
  })

  it('counts from an editor’s origin only', () => {
    for (const origin of ['https://app.storyblok.com.example', 'http://app.storyblok.com', 'null', '']) {
      expect(saysContentChanged({ ...message, origin }, { self, parent }, origins)).toBe(false)
    }
  })

  it('can be anything', () => {
    for (const data of [null, undefined, 'published', { action: { toString: () => 'published' } }, []]) {
      expect(saysContentChanged({ ...message, data }, { self, parent }, origins)).toBe(false)
    }
  })
})
