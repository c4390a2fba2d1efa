import { describe, expect, it } from 'vitest'
import { variableFindings } from '../catalogue/variables.js'
import { itFinds, look } from '../test-support.js'
import { variablesCheck } from './variables.js'

const [publicToken, previewToken] = ['fakePUBLICfakePUBLIC11tt', 'fakePREVIEWfakePREVIEWtt']
const personalToken = 'sb_pat_fakePERSONALfakePERSON1tt'

const usual = {
  STORYBLOK_SPACE_ID: '100001',
  STORYBLOK_PUBLIC_TOKEN: publicToken,
  STORYBLOK_PREVIEW_TOKEN: previewToken,
}

const withEnv = (env: Record<string, string>) => () => look(variablesCheck, { env: { ...usual, ...env } })
const withFiles = (files: Record<string, string>) => () => look(variablesCheck, { files, env: usual })

describe('the check of variables', () => {
  itFinds(variableFindings, {
    'settings-invalid': {
      says: /^STORYBLOK_REGION: STORYBLOK_REGION is no region/,
      look: withEnv({ STORYBLOK_REGION: 'mars' }),
    },
    'same-value': {
      says: 'STORYBLOK_ASSET_TOKEN: It holds the same value as STORYBLOK_PUBLIC_TOKEN.',
      look: withEnv({ STORYBLOK_ASSET_TOKEN: publicToken }),
    },
    'personal-token-misplaced': {
      says: 'STORYBLOK_PUBLIC_TOKEN: It holds a personal access token.',
      look: withEnv({ STORYBLOK_PUBLIC_TOKEN: personalToken }),
    },
    'theme-token': {
      says: 'STORYBLOK_THEME_TOKEN: It is a theme token.',
      look: withEnv({ STORYBLOK_THEME_TOKEN: 'fakeTHEMEfakeTHEMEfake1tt' }),
    },
    'ambiguous-token': {
      says: 'STORYBLOK_TOKEN (.env): It does not say which kind it holds.',
      look: withFiles({ '.env': 'STORYBLOK_TOKEN=fakeOTHERfakeOTHERfake1tt' }),
    },
    'placeholder-token': {
      says: 'STORYBLOK_ASSET_TOKEN (.env): It holds no token, but a placeholder.',
      look: withFiles({ '.env': 'STORYBLOK_ASSET_TOKEN=your-token-here' }),
    },
    'public-variable': {
      says: 'PUBLIC_CMS (.env): It holds the value of STORYBLOK_PREVIEW_TOKEN, and every browser gets it.',
      look: withFiles({ '.env': `PUBLIC_CMS=${previewToken}` }),
    },
    'variable-overridden': {
      says: 'STORYBLOK_API_URL: .env.local gives another value than .env, and counts.',
      look: withFiles({
        '.env': 'STORYBLOK_API_URL=https://one.test',
        '.env.local': 'STORYBLOK_API_URL=https://two.test',
      }),
    },
    'space-id-missing': {
      says: 'There is a preview token, and no STORYBLOK_SPACE_ID.',
      look: () => look(variablesCheck, { env: { STORYBLOK_PREVIEW_TOKEN: previewToken } }),
    },
    'public-token-missing': {
      says: 'There is a preview token, and no STORYBLOK_DOCS_PUBLIC_TOKEN.',
      look: withEnv({ STORYBLOK_DOCS_PREVIEW_TOKEN: 'fakeDOCSfakeDOCSfakeDOtt' }),
    },
    'environment-in-file': {
      says: 'STORYBLOK_ENVIRONMENT (.env): It says staging, also to production.',
      look: withFiles({ '.env': 'STORYBLOK_ENVIRONMENT=staging' }),
    },
    'local-space-in-production': {
      says: 'STORYBLOK_API_URL (.env.production): It is an address of this machine.',
      look: withFiles({ '.env.production': 'STORYBLOK_API_URL=http://127.0.0.1:4110' }),
    },
  })

  it('finds nothing in variables that are fine', async () => {
    const { findings, said } = await look(variablesCheck, {
      env: usual,
      files: { '.env': 'PUBLIC_NAME=Chalkline\nSTORYBLOK_WEBHOOK_SECRET=fakeWEBHOOKfake' },
    })
    expect(findings).toEqual([])
    expect(said).toBe('4 variables of Storyblok, of .env, the environment.')
  })

  it('names every variable that is no token in a public one, whatever its value', async () => {
    const { findings } = await look(variablesCheck, {
      env: { VITE_STORYBLOK_TOKEN: 'fakeUNKNOWNfakeUNKNOWNtt', VITE_KEY: personalToken, VITE_NAME: 'x' },
    })
    expect(findings.map(({ id, where }) => [id, where])).toEqual([
      ['public-variable', 'VITE_STORYBLOK_TOKEN'],
      ['public-variable', 'VITE_KEY'],
    ])
  })

  it('says one problem once, and still reads what is right', async () => {
    const { findings } = await look(variablesCheck, {
      env: { ...usual, STORYBLOK_SPACE_ID: 'none', STORYBLOK_PREVIEW_TOKEN: publicToken },
    })
    expect(findings.map(({ id }) => id)).toEqual(['settings-invalid', 'same-value'])
  })
})
