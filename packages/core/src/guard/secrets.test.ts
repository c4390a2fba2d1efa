import { describe, expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { collectSecrets, secretVariables } from './secrets.js'

function collect(env: Record<string, string>, others: string[] = []): string[][] {
  const found = collectSecrets((name) => env[name], Object.keys(env), others)
  return found.map(({ label, secret }) => [label, secret.reveal()])
}

describe('collectSecrets', () => {
  it('collects the tokens of every space, and nothing else', () => {
    const found = collect({
      STORYBLOK_PUBLIC_TOKEN: tokens.public,
      STORYBLOK_PREVIEW_TOKEN: `${tokens.preview}, fakeOLD`,
      STORYBLOK_DOCS_PREVIEW_TOKEN: 'fakeDOCS',
      STORYBLOK2_PREVIEW_TOKEN: 'fakeTWO',
      'STORYBLOK-docs_PUBLIC_TOKEN': 'fakeDASH',
      STORYBLOK_DOCS_PUBLIC_TOKEN: 'undefined',
      STORYBLOK_SPACE_ID: '100001',
      OTHER_PUBLIC_TOKEN: 'fakeOTHER',
    })
    expect(found).toEqual([
      ['public token', tokens.public],
      ['preview token', tokens.preview],
      ['preview token', 'fakeOLD'],
      ['preview token', 'fakeDOCS'],
      ['preview token', 'fakeTWO'],
      ['public token', 'fakeDASH'],
    ])
  })

  it('takes of a release’s token what is secret, and of a webhook’s secret all', () => {
    const found = collect({ STORYBLOK_RELEASE_TOKEN: '7:fakeA,8:fakeB', STORYBLOK_WEBHOOK_SECRET: 'fake,c' })
    expect(found).toEqual([
      ['release token', 'fakeA'],
      ['release token', 'fakeB'],
      ['webhook secret', 'fake,c'],
    ])
  })

  it('collects the personal access token of tools too, which a browser must not get either', () => {
    const found = collect({ STORYBLOK_PERSONAL_ACCESS_TOKEN: 'sb_pat_fakePERSONAL' })
    expect(found).toEqual([['personal access token', 'sb_pat_fakePERSONAL']])
  })

  it('collects what else the site names, by the variable’s name', () => {
    const found = collect({ SMTP_PASSWORD: 'fake,PASSWORD', OTHER: 'x' }, ['SMTP_PASSWORD', 'MISSING'])
    expect(found).toEqual([['secret SMTP_PASSWORD', 'fake,PASSWORD']])
  })
})

it('knows a space’s variables', () => {
  expect(secretVariables(['STORYBLOK_DOCS'])).toContain('STORYBLOK_DOCS_PREVIEW_TOKEN')
})
