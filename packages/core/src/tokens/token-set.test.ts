import { expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { collectTokens } from './token-set.js'

it('collects the tokens of every space, and nothing else', () => {
  const found = collectTokens({
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: `${tokens.preview}, fakeOLD`,
    STORYBLOK_DOCS_PREVIEW_TOKEN: 'fakeDOCS',
    STORYBLOK2_PREVIEW_TOKEN: 'fakeTWO',
    'STORYBLOK-docs_PUBLIC_TOKEN': 'fakeDASH',
    STORYBLOK_DOCS_PUBLIC_TOKEN: 'undefined',
    STORYBLOK_SPACE_ID: '100001',
    OTHER_PUBLIC_TOKEN: 'fakeOTHER',
  })
  expect(found.map((secret) => [secret.kind, secret.reveal()])).toEqual([
    ['public', tokens.public],
    ['preview', tokens.preview],
    ['preview', 'fakeOLD'],
    ['preview', 'fakeDOCS'],
    ['preview', 'fakeTWO'],
    ['public', 'fakeDASH'],
  ])
})

it('collects the personal access token of tools too, which a browser must not get either', () => {
  const [secret, ...others] = collectTokens({ STORYBLOK_PERSONAL_ACCESS_TOKEN: 'sb_pat_fakePERSONAL' })
  expect([secret?.kind, secret?.reveal(), others]).toEqual(['personal', 'sb_pat_fakePERSONAL', []])
})
