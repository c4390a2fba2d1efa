import { describe, expect, it } from 'vitest'
import { printable } from './printable.js'

describe('printable', () => {
  it('replaces what would control the terminal or start a line', () => {
    expect(printable('a\u001B[31mb\nc\r\td\u007Fe\u009B2Jf')).toBe('a�[31mb�c��d�e�2Jf')
    expect(printable('a\u2028b\u2029c')).toBe('a�b�c')
  })

  it('replaces what turns the direction of writing around', () => {
    expect(printable('\u202Egnp.exe\u202C \u2066a\u2069 \u200E\u200F\u061C')).toBe('�gnp.exe� �a� ���')
  })

  it('leaves all that people write', () => {
    const text = 'Über uns — 日本語, עברית, العربية, 👩‍💻 é'
    expect(printable(text)).toBe(text)
  })
})
