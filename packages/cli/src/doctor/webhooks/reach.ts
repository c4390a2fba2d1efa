import { ask } from '../ask.js'
import type { DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { isListed, isSafe } from '../hosts.js'

/** A webhook as the API lists it. */
export interface Endpoint {
  id?: number
  name?: string
  endpoint: string
  secret?: string | null
  activated?: boolean
  actions?: string[]
}

/** Names a webhook by its address, without the query: that may hold a secret. */
export function nameOf({ endpoint }: Endpoint): string {
  const { origin, pathname } = new URL(endpoint)
  return `${origin}${pathname}`
}

/** Sends what is not signed, which changes nothing where it is refused; `undefined` where nothing was sent. */
export async function reach(endpoint: Endpoint, { account, signal }: DoctorContext): Promise<Finding[] | undefined> {
  const url = new URL(endpoint.endpoint)
  if (!isSafe(url) || !(await isListed(url, account))) return undefined
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(url, signal, { method: 'POST', headers, body: '{}' })
  const where = nameOf(endpoint)
  if ('failure' in answer) return [finding('webhook-unreachable', `It does not answer: ${answer.failure}.`, where)]
  const { status } = answer
  if (status >= 200 && status < 300) {
    return [finding('webhook-unprotected', `It took a request that is not signed (status ${status}).`, where)]
  }
  const refuses = status === 400 || status === 401 || status === 403 || status === 422
  return refuses ? [] : [finding('webhook-unreachable', `It answers with status ${status}.`, where)]
}

/** Says where something was sent, and where nothing was. */
export function sayReached(endpoints: readonly Endpoint[], reached: readonly (Finding[] | undefined)[]): string {
  const hosts = (isAsked: boolean): string =>
    endpoints
      .filter((_, index) => (reached[index] !== undefined) === isAsked)
      .map(({ endpoint }) => new URL(endpoint).host)
      .join(', ')
  const [asked, others] = [hosts(true), hosts(false)]
  const said = asked === '' ? '' : `An unsigned request was sent to ${asked}, which has to refuse it.`
  const left = others === '' ? '' : `Nothing was sent to ${others}: the space does not say that the site is there.`
  return [said, left].filter((part) => part !== '').join(' ')
}
