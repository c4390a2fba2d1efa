import type { Journal } from './journal.js'

/** The most stories and requests that are named one by one; headers are short. */
const mostNamed = 10

/**
 * Tells what a request read and what that took, as the value of a `Server-Timing` header: browsers show it in their
 * network panel. Durations are in milliseconds, and of requests to Storyblok only. It is for developers and editors; it
 * names no token, only its kind.
 */
export function serverTiming({ cacheHits, requests, spaces, stories }: Journal): string {
  const total = requests.reduce((sum, { ms }) => sum + ms, 0)
  return [
    ...spaces.map(({ envPrefix, version, token, cv }) => {
      const name = envPrefix.toLowerCase().replaceAll('_', '-')
      return metric(name, `${version}; ${token} token${cv === undefined ? '' : `; cv ${cv}`}`)
    }),
    metric('storyblok-requests', `${requests.length} sent; ${cacheHits} from cache`, total),
    metric('storyblok-stories', `${stories.length} read`),
    ...requests.slice(0, mostNamed).map(({ path, status, ms }) => metric('storyblok-request', `${status} ${path}`, ms)),
    ...stories.slice(0, mostNamed).map(({ id, full_slug: slug }) => metric('storyblok-story', `${id} ${slug}`)),
  ].join(', ')
}

function metric(name: string, description: string, ms?: number): string {
  // Headers are ASCII, and the text is quoted.
  const text = description.replace(/[^ -~]|["\\]/g, (character) => encodeURIComponent(character))
  return `${name};desc="${text}"${ms === undefined ? '' : `;dur=${Math.round(ms * 10) / 10}`}`
}
