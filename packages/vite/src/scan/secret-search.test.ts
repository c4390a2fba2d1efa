import { collectSecrets } from '@keyblok/core/guard'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownTokens, tokens } from '../test-support.js'
import { describeFinding } from './finding.js'
import { SecretSearch } from './secret-search.js'

const secretsIn = (env: Readonly<Record<string, string>>, others: string[] = []) =>
  collectSecrets((name) => env[name], Object.keys(env), others)

const search = new SecretSearch({ secrets: secretsIn(knownTokens) })

function foundIn(text: string, by: SecretSearch = search): [string, number][] {
  return by.find(Buffer.from(text)).map((finding) => [describeFinding(finding), finding.index])
}

const preview = tokens.preview
/** Cuts the token into pieces. */
const pieces = (...ends: number[]): string[] => [0, ...ends].map((start, index) => preview.slice(start, ends[index]))

describe('values', () => {
  it('are found where they begin', () => {
    expect(foundIn(`a ${tokens.public} b ${btoa(preview)}`)).toEqual([
      ['the public token (raw)', 2],
      ['the preview token (base64)', 29],
    ])
  })

  it.each([
    ['"%"', '" + "', 4],
    ['"%"', '"+"', 4],
    ["'%'", "'\n  + '", 9],
    ['("%")', '") + ("', 4],
    ['"%"', '" + /* the rest */ "', 4],
    ['`%`', '` + `', 1],
    ['"%"', `" + '`, 12],
    [String.raw`\"%\"`, String.raw`\" +\n\t\"`, 5],
    ['&quot;%&quot;', '&quot; + &quot;', 5],
    ['"%")', '".concat("', 6],
  ])('are found in literals that are joined: %s by %s', (around, joint, at) => {
    const text = `const a = ${around.replace('%', pieces(at).join(joint))}`
    expect(foundIn(text)).toEqual([['the preview token (raw, joined)', text.indexOf(preview.slice(0, at))]])
  })

  it('are found in many literals that are joined, letter by letter', () => {
    expect(foundIn(`x = "${[...preview].join('" + "')}"`)).toEqual([['the preview token (raw, joined)', 5]])
    expect(foundIn(`x = "a" + "${btoa(preview).split('').join("'+'")}"`)).toHaveLength(1)
  })

  it('are not found in literals that are not joined', () => {
    const [first, second] = pieces(10) as [string, string]
    expect(foundIn(`["${first}", "${second}"]; "${first}" - "${second}"; "${first}" + x + "${second}"`)).toEqual([])
  })

  it('are found where they overlap a word that leads to looks', () => {
    const overlapping = new SecretSearch({ secrets: secretsIn({ APP: 'k1234567890abcdef' }, ['APP']) })
    expect(foundIn('storyblok1234567890abcdef', overlapping)).toEqual([['the secret APP (raw)', 8]])
  })

  it('of other secrets are named after their variables', () => {
    const others = new SecretSearch({ secrets: secretsIn({ SMTP_PASSWORD: `fake"PASS'<>` }, ['SMTP_PASSWORD']) })
    expect(foundIn(JSON.stringify(`fake"PASS'<>`), others)).toEqual([['the secret SMTP_PASSWORD (JSON)', 1]])
  })

  it('that are too short are told, and not found by chance', () => {
    const short = new SecretSearch({ secrets: secretsIn({ STORYBLOK_PREVIEW_TOKEN: 'fake' }) })
    expect([short.labels, short.tooShort, foundIn('fake', short)]).toEqual([[], ['preview token'], []])
  })
})

describe('looks', () => {
  const none = new SecretSearch({ secrets: [] })
  const unknown = 'Ab3dEfGh1jKlMn0pQrSt45tt'

  it.each([
    ['beside the word', `storyblokInit({ accessToken: "${unknown}" })`],
    ['beside a variable', `STORYBLOK_KEY=${unknown}`],
    ['in a request', `https://api-us.storyblok.com/v2/cdn/stories?version=draft&token=${unknown}`],
    ['after the word, further on', `Storyblok${' '.repeat(200)}"${unknown}"`],
    ['before the word', `"${unknown}" // StoryBlok`],
  ])('tell a token %s', (_name, text) => {
    expect(foundIn(text, none)).toEqual([['what looks like a Storyblok access token', text.indexOf(unknown)]])
  })

  it('tell a token without a form of its own, in a request', () => {
    const text = 'fetch("https://api.storyblok.com/v2/cdn/links?token=abc0def1ghi2jkl3mno4pqr5")'
    expect(foundIn(text, none)).toEqual([['what looks like a Storyblok access token', text.indexOf('abc0')]])
  })

  it('tell a personal access token anywhere', () => {
    expect(foundIn(`auth: ${tokens.personal}`, none)).toEqual([['what looks like a personal access token', 6]])
  })

  it.each([
    ['far from the word', `storyblok ${' '.repeat(300)}${unknown}`],
    ['without the word', `key = "${unknown}"`],
    ['a longer text', `storyblok ${unknown}xx ${unknown}0`],
    ['a word of a program', 'storyblok getTheStoryblokOutputtt renderAllTheStoryPartstt getthestoryblokoutputttt'],
    ['a picture', 'https://a.storyblok.com/f/100001/1200x800/0a1b2c3d4e/fox-at-night.jpg/m/400x0/filters:quality(80)'],
    ['the name of a file', `https://a.storyblok.com/f/1/${unknown}.json`],
    ['a placeholder', 'storyblok sb_pat_xxxxxxxxxxxxxxxxxxxxxxxx'],
    [
      'another service’s address',
      'https://a.storyblok.com/f/1/a.jpg https://cdn.example/x.png?token=0123456789abcdef0123456789abcdef',
    ],
    ['the documentation of the prefix', 'storyblok tokens begin with sb_pat_ and sb_pat_xxxx'],
    ['a place for one', 'https://api.storyblok.com/v2/cdn/stories?token=YOUR_TOKEN&cv=1700000000000000000000'],
  ])('tell none in %s', (_name, text) => {
    expect(foundIn(text, none)).toEqual([])
  })

  it('are found in time, in one long run with many such words', () => {
    expect(foundIn('storyblok'.repeat(100_000), none)).toEqual([])
  })

  it('do not tell a token that is allowed', () => {
    const allowed = secretsIn({ STORYBLOK_PUBLIC_TOKEN: unknown })
    const text = `https://api.storyblok.com/v2/cdn/stories?token=${unknown}`
    expect(foundIn(text, new SecretSearch({ secrets: [], allowed }))).toEqual([])
  })

  it('are told without their value', () => {
    const found = none.find(Buffer.from(`storyblok ${unknown}`))
    expect(found).toHaveLength(1)
    expect(JSON.stringify(found)).not.toContain(unknown)
  })

  it('give way to what is known', () => {
    expect(foundIn(`storyblok ${preview}`)).toEqual([['the preview token (raw)', 10]])
  })
})

describe('any token in any encoding', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const token = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 20, maxLength: 40 })
  const hidden: ((value: string, offset: number) => string)[] = [
    (value) => value,
    (value, offset) => Buffer.from('x'.repeat(offset % 3) + value).toString('base64'),
    (value, offset) => Buffer.from('é'.repeat(offset % 3) + value).toString('base64url'),
    (value) => Buffer.from(value).toString('hex'),
    (value) => Buffer.from(value).toString('hex').toUpperCase(),
    (value) => encodeURIComponent(JSON.stringify({ value })),
    (value) => JSON.stringify(JSON.stringify({ value })),
    (value, offset) => `"${value.slice(0, offset % value.length)}" + "${value.slice(offset % value.length)}"`,
    (value, offset) => `'${value.slice(0, 1 + (offset % 9))}'.concat('${value.slice(1 + (offset % 9))}')`,
  ]

  it('is found in chunks of up to 5 MB, and only there', () => {
    fc.assert(
      fc.property(
        token,
        fc.nat(),
        fc.constantFrom(...hidden),
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, offset, hide, size, share) => {
          const filler = Buffer.alloc(size, 'const list = ["storyblok", `a${b}c`]; /* 0123456789 */ x += "a" + b;\n')
          const at = Math.floor(size * share)
          const chunk = Buffer.concat([
            filler.subarray(0, at),
            Buffer.from(` ${hide(value, offset)} `),
            filler.subarray(at),
          ])
          const by = new SecretSearch({ secrets: secretsIn({ STORYBLOK_PREVIEW_TOKEN: value }) })
          expect(by.find(chunk).map(({ label }) => label)).toEqual(['preview token'])
          expect(by.find(filler)).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)
})
