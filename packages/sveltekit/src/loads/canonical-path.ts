import { resolve } from '$app/paths'

/** What is read of a load's event. */
interface Event {
  params: Partial<Record<string, unknown>>
  route: { id: string | null }
  url: URL
}

/**
 * Gives the path of the same route with another slug.
 *
 * @param asked - The slug that was asked for.
 * @param slug - The slug that takes its place; it is content, and may be anything.
 * @returns The path; `undefined` where the route has no parameter that is the slug, or needs one that would be empty.
 */
export function canonicalPath(asked: string, slug: string, { params, route, url }: Event): string | undefined {
  const { id } = route
  const places = Object.keys(params).filter((name) => params[name] === asked)
  const [place] = places
  if (id === null || place === undefined || places.length > 1) return undefined
  if (slug === '' && !id.includes(`[...${place}`) && !id.includes(`[[${place}`)) return undefined

  const value = slug.split('/').map(encodeURIComponent).join('/')
  const path = resolve(id as '/[slug]', { ...params, [place]: value } as never)
  // Kit may give it relative to the page's.
  const { pathname } = new URL(path, url)
  const plain = pathname.replace(/\/$/, '')
  return url.pathname.endsWith('/') || plain === '' ? `${plain}/` : plain
}
