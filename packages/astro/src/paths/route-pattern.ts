/** One parameter of a route. */
export interface RouteParam {
  name: string
  /** Whether it takes any number of segments, none included. */
  rest: boolean
}

/** What a route's pattern says, such as `/[...lang]/articles/[slug]`. */
export interface RoutePattern {
  params: readonly RouteParam[]
  /** The first segment, where it is fixed. */
  folder: string | undefined
  /** Whether a parameter stands first. */
  startsWithParam: boolean
}

/** Reads the pattern of a route, as Astro tells it. */
export function parseRoutePattern(pattern: string): RoutePattern {
  const params = [...pattern.matchAll(/\[(\.{3})?([^\]]+)\]/g)].map(([, dots, name = '']) => ({
    name,
    rest: dots !== undefined,
  }))
  const first = pattern.split('/').find(Boolean) ?? ''
  return { params, folder: first.includes('[') ? undefined : first, startsWithParam: first.startsWith('[') }
}
