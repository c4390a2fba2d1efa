import { describe, expect, it } from 'vitest'
import { findProblems } from './public-variables.js'
import { knownTokens, tokens } from './test-support.js'

const problems = (env: Record<string, string>, guard = {}) =>
  findProblems({ ...knownTokens, ...env }, guard, ['PUBLIC_', 'VITE_'])

describe('a variable that browsers get', () => {
  it('may not hold a known token, whatever it is called', () => {
    expect(problems({ PUBLIC_CMS: tokens.preview, VITE_URL: `https://x.example/?t=${tokens.public}` })).toEqual([
      '  - PUBLIC_CMS holds the preview token. Delete it, and read STORYBLOK_PREVIEW_TOKEN on the server.',
      '  - VITE_URL holds the public token. Delete it, and read STORYBLOK_PUBLIC_TOKEN on the server.',
    ])
  })

  it.each([
    ['PUBLIC_STORYBLOK_PREVIEW_TOKEN', 'Rename it to STORYBLOK_PREVIEW_TOKEN.'],
    ['VITE_STORYBLOK_PUBLIC_TOKEN', 'Rename it to STORYBLOK_PUBLIC_TOKEN.'],
    [
      'VITE_STORYBLOK_DELIVERY_API_TOKEN',
      'Rename it to STORYBLOK_PUBLIC_TOKEN or STORYBLOK_PREVIEW_TOKEN, whichever kind it is.',
    ],
  ])('may not be named like a token: %s', (name, cure) => {
    expect(problems({ [name]: 'anything' })).toEqual([`  - ${name} is named like an access token. ${cure}`])
  })

  it('may not hold a personal access token, known or not', () => {
    expect(problems({ PUBLIC_X: tokens.personal })).toEqual([
      '  - PUBLIC_X holds a personal access token, which no site needs. Delete it.',
    ])
  })

  it('may not hold another secret that the site names', () => {
    const found = problems(
      { SMTP_PASSWORD: 'fakePASSWORD', PUBLIC_MAIL: 'fakePASSWORD' },
      { secrets: ['SMTP_PASSWORD'] },
    )
    expect(found).toEqual([
      '  - PUBLIC_MAIL holds the secret SMTP_PASSWORD. Delete it, and read SMTP_PASSWORD on the server.',
    ])
  })

  it('may hold what is allowed', () => {
    const env = { PUBLIC_STORYBLOK_TOKEN: tokens.public }
    expect(problems(env, { allow: ['public'] })).toEqual([])
    expect(problems({ PUBLIC_STORYBLOK_TOKEN: tokens.preview }, { allow: ['public'] })).toHaveLength(1)
  })

  it('may hold anything else, and others may hold tokens', () => {
    expect(
      problems({ PUBLIC_SITE: 'https://site.example', PUBLIC_STORYBLOK_TOKEN: ' ', OTHER: tokens.preview }),
    ).toEqual([])
  })

  it('may hold what a short secret is part of by chance', () => {
    const env = { STORYBLOK_WEBHOOK_SECRET: 'fake', PUBLIC_A: 'a fake one', PUBLIC_B: 'fake' }
    expect(problems(env)).toEqual([
      '  - PUBLIC_B holds the webhook secret. Delete it, and read STORYBLOK_WEBHOOK_SECRET on the server.',
    ])
  })

  it('is told without its value', () => {
    expect(problems({ PUBLIC_CMS: tokens.preview, PUBLIC_X: tokens.personal }).join()).not.toMatch(/fake/)
  })
})
