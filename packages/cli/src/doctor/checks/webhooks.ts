import { isLoopbackHost } from '@keyblok/core/management'
import { Secret } from '@keyblok/core/server'
import { leftOut } from '../check.js'
import type { Check, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { nameOf, reach, sayReached } from '../webhooks/reach.js'
import type { Endpoint } from '../webhooks/reach.js'

interface Log {
  webhook_endpoint_id?: number
  status?: string
  kind?: string
  executed_at?: string
}

const variable = 'STORYBLOK_WEBHOOK_SECRET'

/** Looks at the webhooks that tell the site of changes. */
export const webhooksCheck: Check = {
  title: 'Webhooks',
  async run(context) {
    const told = await context.account.readSpace('webhook_endpoints', 'webhooks:read')
    if ('missing' in told) return leftOut(`The space’s webhooks are not known: ${told.missing}`)
    const all = (told.body['webhook_endpoints'] ?? []) as Endpoint[]
    const endpoints = all.filter(isSites)
    if (endpoints.length === 0) {
      return { findings: [finding('webhook-missing', 'The space tells the site of nothing.')], said: 'There is none.' }
    }
    const active = endpoints.filter(({ activated }) => activated !== false)
    const reached = await Promise.all(active.map((endpoint) => reach(endpoint, context)))
    return {
      findings: [
        ...endpoints
          .filter((one) => !active.includes(one))
          .map((one) => finding('webhook-deactivated', 'It is deactivated.', nameOf(one))),
        ...active.flatMap(judge),
        ...findSecrets(active, context),
        ...(await findFailures(active, context)),
        ...reached.flatMap((findings) => findings ?? []),
      ],
      said: `${endpoints.length} of the site. ${sayReached(active, reached)}`,
    }
  },
}

/** Services that start builds or send messages, and verify nothing. */
const services =
  /(^|\.)(netlify\.com|vercel\.com|slack\.com|zapier\.com|make\.com|github\.com|gitlab\.com|cloudflare\.com|discord\.com)$/

function isSites({ endpoint }: Endpoint): boolean {
  return typeof endpoint === 'string' && URL.canParse(endpoint) && !services.test(new URL(endpoint).hostname)
}

/** What the tags of cached pages go by. */
const topics = ['story.published', 'story.unpublished', 'story.deleted', 'story.moved', 'datasource.entries_updated']

function judge(endpoint: Endpoint): Finding[] {
  const where = nameOf(endpoint)
  const { protocol, hostname } = new URL(endpoint.endpoint)
  const found: Finding[] = []
  if (protocol === 'http:' && !isLoopbackHost(hostname)) {
    found.push(finding('webhook-http', 'It is sent unencrypted.', where))
  }
  // Where the API does not tell the secret, it is not known.
  if (endpoint.secret === null || endpoint.secret === '') {
    found.push(finding('webhook-unsigned', 'It has no secret, so it is not signed.', where))
  }
  const missing = topics.filter((topic) => !(endpoint.actions ?? []).includes(topic))
  if (missing.length > 0) found.push(finding('webhook-topics', `It is not told of ${missing.join(', ')}.`, where))
  return found
}

function findSecrets(endpoints: readonly Endpoint[], { env }: DoctorContext): Finding[] {
  const signed = endpoints.filter(({ secret }) => typeof secret === 'string' && secret !== '')
  if (signed.length === 0) return []
  const value = env[variable]?.trim()
  if (!value) return [finding('webhook-secret-missing', `Storyblok signs, and ${variable} is not set here.`)]
  const own = new Secret(value, 'webhook')
  return signed
    .filter(({ secret }) => !own.equals(new Secret(secret ?? '', 'webhook')))
    .map((endpoint) =>
      finding('webhook-secret-differs', `Its secret is another than that of ${variable}.`, nameOf(endpoint)),
    )
}

/** The newest delivery to each endpoint counts: what failed before is over. */
async function findFailures(endpoints: readonly Endpoint[], { account }: DoctorContext): Promise<Finding[]> {
  const told = await account.readSpace('webhook_logs', 'webhooks:read')
  const logs = 'body' in told && Array.isArray(told.body['webhook_logs']) ? (told.body['webhook_logs'] as Log[]) : []
  const newest = logs.toSorted((a, b) => String(b.executed_at).localeCompare(String(a.executed_at)))
  return endpoints.flatMap((endpoint) => {
    const log = newest.find(({ webhook_endpoint_id: id }) => id === undefined || id === endpoint.id)
    if (log?.status !== 'failed') return []
    const what = `The last delivery failed: ${log.kind}, ${String(log.executed_at).slice(0, 16).replace('T', ' ')}.`
    return [finding('webhook-failed', what, nameOf(endpoint))]
  })
}
