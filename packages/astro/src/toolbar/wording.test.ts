import { describe, expect, it } from 'vitest'
import { duration, headline, requestSummary, timeOf } from './wording.js'

describe('the headline', () => {
  it('says what was read, with which token, and why', () => {
    expect(headline({ token: 'preview', reason: 'Draft: the Visual Editor is asking.' })).toBe(
      'Draft, read with the preview token, because the Visual Editor is asking.',
    )
  })

  it('says so of a release too', () => {
    expect(headline({ token: 'release', reason: 'Release 7: its token is configured.' })).toBe(
      'Read with the release token. Release 7: its token is configured.',
    )
  })
})

describe('figures', () => {
  it('of requests are a sentence', () => {
    expect(requestSummary({ sent: { count: 1, ms: 8.24 }, cacheHits: 0 })).toBe('1 request, 8.2 ms; 0 from cache')
    expect(requestSummary({ sent: { count: 0, ms: 0 }, cacheHits: 4 })).toBe('No request; 4 from cache')
  })

  it('are as exact as they are short', () => {
    expect([0, 3.14, 42.7, 999, 1234, 12_345].map(duration)).toEqual([
      '0 ms',
      '3.1 ms',
      '43 ms',
      '999 ms',
      '1.2 s',
      '12 s',
    ])
  })
})

describe('the time of a cache version', () => {
  it('is in seconds, or in milliseconds', () => {
    expect(timeOf(1_764_000_000)?.toISOString()).toBe('2025-11-24T16:00:00.000Z')
    expect(timeOf(1_764_000_000_123)?.toISOString()).toBe('2025-11-24T16:00:00.123Z')
  })

  it('is not there for a number that is none', () => {
    expect(timeOf(3)).toBeUndefined()
  })
})
