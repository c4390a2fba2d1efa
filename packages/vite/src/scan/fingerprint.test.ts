import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { createFingerprint } from './fingerprint.js'
import { SecretSearch } from './secret-search.js'

const fingerprint = createFingerprint('preview token', tokens.preview)
const search = new SecretSearch({ secrets: [], fingerprints: [fingerprint] })
const found = (text: string | Buffer): [string, string, number][] =>
  search.find(Buffer.from(text)).map(({ label, encoding, index }) => [label, encoding, index])

describe('a fingerprint', () => {
  it('finds a secret that is not known', () => {
    expect(search.labels).toEqual(['preview token'])
    expect(found(`a ${tokens.preview}`)).toEqual([['preview token', 'raw', 2]])
    expect(found(`a ${Buffer.from(tokens.preview).toString('hex')}`)).toEqual([['preview token', 'hex', 2]])
  })

  it('finds it anywhere in anything, in each of its forms', () => {
    const forms = [
      (text: string) => text,
      btoa,
      (text: string) => btoa(`x${text}`),
      (text: string) => btoa(`xx${text}`),
    ]
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom(...forms), fc.uint8Array(), (before, form, after) => {
        const bytes = Buffer.concat([before, Buffer.from(form(tokens.preview)), after])
        expect(found(bytes).map(([label]) => label)).toEqual(['preview token'])
      }),
    )
  })

  it('finds it in literals that are joined', () => {
    expect(found(`"${tokens.preview.slice(0, 9)}" + "${tokens.preview.slice(9)}"`)).toEqual([
      ['preview token', 'raw, joined', 1],
    ])
  })

  it('finds a secret that is escaped', () => {
    const secret = `fake"&<1234567890>'fake`
    const by = new SecretSearch({ secrets: [], fingerprints: [createFingerprint('secret X', secret)] })
    for (const text of [encodeURIComponent(secret), JSON.stringify(secret), secret]) {
      expect(by.find(Buffer.from(text)), text).toHaveLength(1)
    }
  })

  it('finds nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void expect(found(Buffer.from(bytes))).toEqual([])),
    )
    expect(found(tokens.preview.replace('f', 'F'))).toEqual([])
  })

  it('holds no part of the secret, and is another each time', () => {
    for (let start = 0; start + 6 <= tokens.preview.length; start++) {
      expect(fingerprint).not.toContain(tokens.preview.slice(start, start + 6))
    }
    expect(createFingerprint('preview token', tokens.preview)).not.toBe(fingerprint)
    // One hash and sixteen bits, whatever the forms.
    expect(fingerprint.split('.')).toHaveLength(4)
  })

  it('is refused for a secret that could be guessed', () => {
    for (const secret of ['1234567890', 'passwordpasswordpassword', 'a'.repeat(40)]) {
      expect(() => createFingerprint('secret PIN', secret)).toThrow('could be guessed')
    }
  })

  it.each(['', 'kb2', 'kb2.x.salt', 'kb1.x.salt.24~1~1~raw', fingerprint.slice(0, 60)])(
    'is refused when it is none: %s',
    (text) => {
      expect(() => new SecretSearch({ secrets: [], fingerprints: [text] })).toThrow('cannot be read')
    },
  )
})
