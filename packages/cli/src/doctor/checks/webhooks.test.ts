import { Secret } from '@keyblok/core/server'
import { readWebhook } from '@keyblok/core/webhooks'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { webhookFindings } from '../catalogue/webhooks.js'
import { demoContent } from '../../test-support.js'
import { itFinds, look, manage, serve, startSpace } from '../test-support.js'
import type { Seen } from '../test-support.js'
import { webhooksCheck } from './webhooks.js'

const secret = 'fakeWEBHOOKSECRETfake'
const actions = ['story.published', 'story.unpublished', 'story.deleted', 'story.moved', 'datasource.entries_updated']
const signed = { STORYBLOK_WEBHOOK_SECRET: secret }

/** Takes what Storyblok signed, and refuses the rest. */
async function receive(request: Request): Promise<Response> {
  const isSigned = await readWebhook(request, { secret: new Secret(secret, 'webhook') }).catch(() => null)
  return new Response(null, { status: isSigned ? 200 : 401 })
}

interface Given {
  /** What differs from a webhook that is as it should be; `null` for no webhook at all. */
  webhook?: Record<string, unknown> | null
  env?: Record<string, string>
  answer?: (request: Request) => Response | Promise<Response>
  isListed?: boolean
  publish?: boolean
}

/** Looks at a space with one webhook, whose receiver answers so. */
async function lookAt({
  webhook = {},
  env: change = signed,
  answer,
  isListed = true,
  publish,
}: Given = {}): Promise<Seen> {
  const { space, env } = await startSpace(createLocalSpace({ content: demoContent }))
  const url = await serve(answer ?? receive)
  if (isListed) space.setEnvironments([{ name: 'Site', location: url }])
  if (webhook) {
    const usual = { name: 'Site', endpoint: `${url}/webhook`, secret, actions }
    await manage(space, 'POST', `spaces/${space.id}/webhook_endpoints`, { webhook_endpoint: { ...usual, ...webhook } })
  }
  if (publish) {
    space.publish('home')
    await space.webhooksSettled()
  }
  return look(webhooksCheck, { env: { ...env, ...change } })
}

const status = (code: number) => () => new Response(null, { status: code })

describe('the check of webhooks', () => {
  itFinds(webhookFindings, {
    'webhook-missing': { says: 'The space tells the site of nothing.', look: () => lookAt({ webhook: null }) },
    'webhook-deactivated': {
      says: /^http:\/\/localhost:\d+\/webhook: It is deactivated\.$/,
      look: () => lookAt({ webhook: { activated: false } }),
    },
    'webhook-http': {
      says: 'http://www.example.invalid/webhook: It is sent unencrypted.',
      look: () => lookAt({ webhook: { endpoint: 'http://www.example.invalid/webhook?key=fakeKEYfakeKEY' } }),
    },
    'webhook-unsigned': {
      says: /: It has no secret, so it is not signed\.$/,
      look: () => lookAt({ webhook: { secret: '' } }),
    },
    'webhook-secret-missing': {
      says: 'Storyblok signs, and STORYBLOK_WEBHOOK_SECRET is not set here.',
      look: () => lookAt({ env: {} }),
    },
    'webhook-secret-differs': {
      says: /: Its secret is another than that of STORYBLOK_WEBHOOK_SECRET\.$/,
      look: () => lookAt({ webhook: { secret: 'fakeOTHERSECRETfake' } }),
    },
    'webhook-topics': {
      says: /: It is not told of story\.moved, datasource\.entries_updated\.$/,
      look: () => lookAt({ webhook: { actions: actions.slice(0, 3) } }),
    },
    'webhook-failed': {
      says: /: The last delivery failed: story\.published, 20\d\d-\d\d-\d\d \d\d:\d\d\.$/,
      look: () => lookAt({ answer: status(401), publish: true }),
    },
    'webhook-unreachable': { says: /: It answers with status 404\.$/, look: () => lookAt({ answer: status(404) }) },
    'webhook-unprotected': {
      says: /: It took a request that is not signed \(status 200\)\.$/,
      look: () => lookAt({ answer: status(200) }),
    },
  })

  it('finds nothing in a webhook that the site verifies, and says what it sent', async () => {
    const { findings, said } = await lookAt({ publish: true })
    expect(findings).toEqual([])
    expect(said).toMatch(/^1 of the site\. An unsigned request was sent to localhost:\d+, which has to refuse it\.$/)
  })

  it('sends nothing to a host that the space does not list', async () => {
    let asked = 0
    const answer = () => new Response(String(asked++))
    const { findings, said } = await lookAt({ answer, isListed: false })
    expect([asked, findings]).toEqual([0, []])
    expect(said).toMatch(/Nothing was sent to localhost:\d+: the space does not say that the site is there\.$/)
  })

  it('never tells the secret, nor the query of an address', async () => {
    const endpoint = 'https://www.example.invalid/webhook?key=fakeKEYfakeKEY'
    const { findings, said } = await lookAt({ webhook: { endpoint, secret: 'fakeOTHERSECRETfake', actions: [] } })
    expect(findings.length).toBeGreaterThan(0)
    expect(JSON.stringify({ findings, said })).not.toMatch(/fakeKEY|fakeOTHERSECRET/)
  })

  it('passes over services that start builds', async () => {
    const { findings } = await lookAt({ webhook: { endpoint: 'https://api.netlify.com/build_hooks/1', secret: '' } })
    expect(findings.map(({ id }) => id)).toEqual(['webhook-missing'])
  })

  it('says which scope is missing', async () => {
    const { space, env } = await startSpace()
    const { full_token: token } = await manage<{ full_token: string }>(space, 'POST', 'personal_access_tokens', {
      name: 'ci',
      scopes: ['stories:read'],
    })
    const { said } = await look(webhooksCheck, { env: { ...env, STORYBLOK_PERSONAL_ACCESS_TOKEN: token } })
    expect(said).toContain('it needs webhooks:read')
  })
})
