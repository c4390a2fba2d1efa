import type { PageReport, RequestReport, SpaceReport } from './page-report.js'

/** Says in one sentence what was read and why. */
export function headline({ reason, token }: Pick<SpaceReport, 'reason' | 'token'>): string {
  const [, version, why] = /^(Draft|Published): (.*)$/.exec(reason) ?? []
  return version === undefined
    ? `Read with the ${token} token. ${reason}`.trim()
    : `${version}, read with the ${token} token, because ${why}`
}

/** Says how many requests the page took, and what they cost. */
export function requestSummary({ cacheHits, sent }: Pick<PageReport, 'cacheHits' | 'sent'>): string {
  const count = sent.count === 1 ? '1 request' : `${sent.count} requests`
  return `${sent.count === 0 ? 'No request' : `${count}, ${duration(sent.ms)}`}; ${cacheHits} from cache`
}

/** Whether a request failed. That there is no such story is an answer too, and a redirect tells the cache version. */
export function isFailure({ status }: Pick<RequestReport, 'status'>): boolean {
  return status === 0 || (status >= 400 && status !== 404)
}

/** Writes a duration; short ones in milliseconds. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
}

/** The time at which a space changed last, which its cache version is: seconds, or milliseconds, since 1970. */
export function timeOf(cv: number): Date | undefined {
  const time = new Date(cv < 1e11 ? cv * 1000 : cv)
  return time.getUTCFullYear() >= 2000 && time.getUTCFullYear() < 2100 ? time : undefined
}
