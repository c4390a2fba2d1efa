import { describe, expect, it } from 'vitest'
import { lineWidth, wrap } from './wrap.js'

describe('wrap', () => {
  it('breaks at spaces, and leaves a word that is longer whole', () => {
    expect(wrap('one two https://example.test/long three', 12, '  ', '→ ')).toEqual([
      '→ one two',
      '  https://example.test/long',
      '  three',
    ])
  })

  it('breaks nothing where nobody reads along', () => {
    const text = 'word '.repeat(100).trim()
    expect(wrap(text, lineWidth({ isTTY: false, columns: 20 }), '  ')).toEqual([`  ${text}`])
    expect(lineWidth({ isTTY: true, columns: 80 })).toBe(80)
  })
})
