import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { setInEnvText } from './env-text.js'

describe('setInEnvText', () => {
  it('changes the value, and nothing else', () => {
    const text = '# tokens\nOTHER="a b"\n  export TOKEN = "old" # why\n\nTOKEN_TWO=2\n'
    expect(setInEnvText(text, { TOKEN: 'new' })).toBe(
      '# tokens\nOTHER="a b"\n  export TOKEN =new # why\n\nTOKEN_TWO=2\n',
    )
  })

  it.each([
    ['', 'A=1\n'],
    ['B=2', 'B=2\nA=1\n'],
    ['B=2\r\n', 'B=2\r\nA=1\r\n'],
    ['A=\n', 'A=1\n'],
    ['A=x\nA=y\n', 'A=1\nA=1\n'],
    ['A="x\ny"\nB=2\n', 'A=1\nB=2\n'],
    ["A='x'\n", 'A=1\n'],
    ['# A=x\n', '# A=x\nA=1\n'],
    ['AA=x\n', 'AA=x\nA=1\n'],
  ])('sets a variable in %j', (before, after) => {
    expect(setInEnvText(before, { A: '1' })).toBe(after)
    expect(setInEnvText(after, { A: '1' })).toBe(after)
  })

  it('removes a variable with its line', () => {
    expect(setInEnvText('A=1\nB=2\nA=3\n', { A: undefined })).toBe('B=2\n')
    expect(setInEnvText('B=2\n', { A: undefined })).toBe('B=2\n')
  })

  it.each(['plain', 'with space', 'a#b', 'it"s', "it's", 'a$b', 'x=y'])('is read back: %j', (value) => {
    expect(parseEnv(setInEnvText('', { A: value }))['A']).toBe(value)
  })
})
