import type { Journal } from './journal.js'
import type { EnvPrefix } from './space.js'

/** The most that is named one by one, stories of each space and requests; headers are short. */
const mostNamed = 10

/**
 * Tells what a request read, why in this version, and what that took, as the value of a `Server-Timing` header: browsers
 * show it in their network panel. Durations are in milliseconds, and of requests to Storyblok only. It is for developers
 * and editors; it names no token, only its kind.
 */
export function serverTiming({ cacheHits, requests, spaces, stories }: Journal): string {
  const total = requests.reduce((sum, { ms }) => sum + ms, 0)
  return [
    ...spaces.flatMap(({ envPrefix, version, token, reason, cv }) => [
      metric(nameOf(envPrefix), `${version}; ${token} token${cv === undefined ? '' : `; cv ${cv}`}`),
      metric(`${nameOf(envPrefix)}-reason`, reason),
    ]),
    metric('storyblok-requests', `${requests.length} sent; ${cacheHits} from cache`, total),
    metric('storyblok-stories', `${stories.length} read`),
    ...requests.slice(0, mostNamed).map(({ path, status, ms }) => metric('storyblok-request', `${status} ${path}`, ms)),
    ...spaces.flatMap(({ envPrefix, stories: own }) =>
      own.slice(0, mostNamed).map(({ id, full_slug: slug }) => metric(`${nameOf(envPrefix)}-story`, `${id} ${slug}`)),
    ),
  ].join(', ')
}

/** A space is called by the prefix of its variables: `storyblok`, or `storyblok-docs`. */
function nameOf(envPrefix: EnvPrefix): string {
  return envPrefix.toLowerCase().replaceAll('_', '-')
}

/** Headers are ASCII, and the text is quoted; `decodeURIComponent` gives the text back. */
function metric(name: string, description: string, ms?: number): string {
  const text = description.toWellFormed().replace(/[^ -~]|["\\%]/gu, (character) => encodeURIComponent(character))
  return `${name};desc="${text}"${ms === undefined ? '' : `;dur=${Math.round(ms * 10) / 10}`}`
}
