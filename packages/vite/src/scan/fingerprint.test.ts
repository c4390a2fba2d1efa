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
  })

  it('is refused for a secret that could be guessed', () => {
    expect(() => createFingerprint('secret PIN', '1234567890')).toThrow('too short for a fingerprint')
  })

  it.each(['', 'kb1', 'kb1.x.salt', 'kb2.x.salt.24~1~1~raw', fingerprint.slice(0, 60)])(
    'is refused when it is none: %s',
    (text) => {
      expect(() => new SecretSearch({ secrets: [], fingerprints: [text] })).toThrow('A fingerprint cannot be read')
    },
  )
})
