import { describe, expect, it } from 'vitest'
import { isPlaceholder } from './placeholder.js'

describe('isPlaceholder', () => {
  it.each([
    'your-token',
    'your_preview_token_here',
    '<preview token>',
    'xxxxxxxx',
    '…',
    '...',
    'changeme',
    '${TOKEN}',
    'TODO',
  ])('takes %s for one', (value) => expect(isPlaceholder('STORYBLOK_PREVIEW_TOKEN', value)).toBe(true))

  it.each([
    'fakePREVIEWfakePREVIEWtt',
    'sb_pat_fakePERSONALfakePERSON1tt',
    '12:fakeRELEASEfakeRELEASEtt',
    'theREALoneFakeREALoneFtt',
  ])('takes %s for a token', (value) => expect(isPlaceholder('STORYBLOK_PREVIEW_TOKEN', value)).toBe(false))

  it('looks at variables for secrets only', () => {
    expect(isPlaceholder('STORYBLOK_SPACE_ID', 'your-id-here')).toBe(false)
    expect(isPlaceholder('STORYBLOK_WEBHOOK_SECRET', 'your-secret')).toBe(true)
  })
})
