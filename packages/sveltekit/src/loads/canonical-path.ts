import { resolve } from '$app/paths'

/** What is read of a load's event. */
interface Event {
  params: Partial<Record<string, unknown>>
  route: { id: string | null }
  url: URL
}

/**
 * Finds the parameter of a route that is the slug.
 *
 * @param asked - The slug that was asked for. A language can have the same name; then the rest parameter is the slug.
 */
export function findPlace(asked: string, { params, route }: Omit<Event, 'url'>): string | undefined {
  const places = Object.keys(params).filter((name) => params[name] === asked)
  return places.length > 1 ? places.find((name) => route.id?.includes(`[...${name}`)) : places[0]
}

/**
 * Gives the path of the same route with another slug.
 *
 * @param place - The parameter that is the slug.
 * @param slug - The slug that it gets; it is content, and may be anything.
 * @returns The path; `undefined` where the route needs a parameter that would be empty.
 */
export function canonicalPath(place: string, slug: string, { params, route, url }: Event): string | undefined {
  const { id } = route
  if (id === null) return undefined
  if (slug === '' && !id.includes(`[...${place}`) && !id.includes(`[[${place}`)) return undefined

  const value = slug.split('/').map(encodeURIComponent).join('/')
  const path = resolve(id as '/[slug]', { ...params, [place]: value } as never)
  // Kit may give it relative to the page's.
  const { pathname } = new URL(path, url)
  const plain = pathname.replace(/\/$/, '')
  return url.pathname.endsWith('/') || plain === '' ? `${plain}/` : plain
}
