import { describe, expect, it } from 'vitest'
import { previewFindings } from '../catalogue/preview.js'
import { itFinds, look, serve, startSpace } from '../test-support.js'
import type { Seen } from '../test-support.js'
import { previewCheck } from './preview.js'

/** Looks at a space that has these preview addresses. */
async function lookAt(...locations: string[]): Promise<Seen> {
  const { space, env } = await startSpace()
  space.setEnvironments(locations.map((location, index) => ({ name: `Site ${index + 1}`, location })))
  return look(previewCheck, { env })
}

describe('the check of preview addresses', () => {
  itFinds(previewFindings, {
    'preview-url-missing': { says: 'The space has no preview address.', look: () => lookAt() },
    'preview-url-invalid': { says: '“www.example.test” is no web address.', look: () => lookAt('www.example.test') },
    'preview-url-http': {
      says: 'http://www.example.test: It is not encrypted.',
      look: () => lookAt('http://www.example.test/'),
    },
    'preview-url-local': {
      says: /^http:\/\/localhost:\d+: It is on a developer’s own machine\.$/,
      look: async () => lookAt(await serve(() => new Response('Hello'))),
    },
    'preview-default-local': {
      says: 'http://localhost:1: The default address is on a developer’s own machine.',
      look: () => lookAt('http://localhost:1/', 'https://www.example.invalid/'),
    },
    'preview-site-down': {
      says: /^https:\/\/www\.example\.invalid: It does not answer: \w+\.$/,
      look: () => lookAt('https://www.example.invalid/'),
    },
  })

  it('finds nothing but a note in a site that answers on this machine', async () => {
    const { findings, said } = await lookAt(await serve(() => new Response('Hello')))
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['preview-url-local', 'note']])
    expect(said).toMatch(/^Site 1: localhost:\d+ \(answers\)\.$/)
  })

  it('shows no query and no password of what is no web address', async () => {
    const { findings } = await lookAt('me:fakeSECRET@www.example.test/preview?secret=fakeSECRET#fakeSECRET')
    expect(findings.map(({ what }) => what)).toEqual(['“www.example.test/preview” is no web address.'])
  })

  it('sends nothing to an address that is not encrypted', async () => {
    const { said } = await lookAt('http://www.example.invalid/')
    expect(said).toBe('Site 1: www.example.invalid.')
  })

  it('says why it could not look', async () => {
    const { said, findings } = await look(previewCheck, { env: { STORYBLOK_SPACE_ID: '100001' } })
    expect(findings).toEqual([])
    expect(said).toBe('The space’s preview addresses are not known: STORYBLOK_PERSONAL_ACCESS_TOKEN is not set.')
  })
})
