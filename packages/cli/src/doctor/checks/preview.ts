import { isLoopbackHost } from '@keyblok/core/management'
import type { PreviewPlace } from '../account.js'
import { ask } from '../ask.js'
import { leftOut } from '../check.js'
import type { Check, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { isSafe } from '../hosts.js'

/** Looks at the addresses that the space’s Visual Editor opens, and asks each for its page. */
export const previewCheck: Check = {
  title: 'Preview addresses',
  async run(context) {
    const places = await context.account.places()
    if (!Array.isArray(places)) return leftOut(`The space’s preview addresses are not known: ${places}`)
    if (places.length === 0) {
      return { findings: [finding('preview-url-missing', 'The space has no preview address.')], said: 'There is none.' }
    }
    const urls = places.map((place) => ({ ...place, url: urlOf(place) }))
    const judged = urls.flatMap(({ url, location }) => (url ? judge(url) : [invalid(location)]))
    const asked = await Promise.all(urls.map(({ url }) => (url ? askSite(url, context) : nothingAsked)))
    return {
      findings: [
        ...judged,
        ...findLocalDefault(urls.map(({ url }) => url)),
        ...asked.flatMap(({ findings }) => findings),
      ],
      said: `${urls.map(({ name, url }, index) => `${name}: ${url?.host ?? 'no address'}${asked[index]?.said}`).join(', ')}.`,
    }
  },
}

function urlOf({ location }: PreviewPlace): URL | undefined {
  const url = URL.canParse(location) ? new URL(location) : undefined
  return url && /^https?:$/.test(url.protocol) ? url : undefined
}

/** Queries, fragments and what precedes a host may hold secrets of the site. */
function invalid(location: string): Finding {
  const shown = location.replace(/[?#][^]*$/, '').replace(/^(.*\/\/)?[^/]*@/, '$1')
  return finding('preview-url-invalid', `“${shown}” is no web address.`)
}

function judge({ protocol, hostname, origin }: URL): Finding[] {
  if (isLoopbackHost(hostname)) return [finding('preview-url-local', 'It is on a developer’s own machine.', origin)]
  return protocol === 'http:' ? [finding('preview-url-http', 'It is not encrypted.', origin)] : []
}

function findLocalDefault([first, ...others]: readonly (URL | undefined)[]): Finding[] {
  const isDeployed = others.some((url) => url && !isLoopbackHost(url.hostname))
  if (!first || !isLoopbackHost(first.hostname) || !isDeployed) return []
  return [finding('preview-default-local', 'The default address is on a developer’s own machine.', first.origin)]
}

const nothingAsked = { findings: [], said: '' }

/** A dev server that does not run is no fault. */
async function askSite(url: URL, { signal }: DoctorContext): Promise<{ findings: Finding[]; said: string }> {
  if (!isSafe(url)) return nothingAsked
  const answer = await ask(url, signal)
  const problem =
    'failure' in answer
      ? answer.failure
      : answer.status >= 500 || answer.status === 404
        ? `status ${answer.status}`
        : ''
  if (problem === '') return { findings: [], said: ' (answers)' }
  if (isLoopbackHost(url.hostname)) return { findings: [], said: ' (does not answer now)' }
  return {
    findings: [finding('preview-site-down', `It does not answer: ${problem}.`, url.origin)],
    said: ' (does not answer)',
  }
}
