import type { Json, Management } from '@keyblok/core/management'

/** What `space.json` holds. */
export interface SpaceFile {
  id: number
  name: string
  domain: string
  languages: { code: string; name: string }[]
}

/** Fetches what the space says of itself. Its answer holds a token too, which goes no further. */
export async function fetchSpace(management: Management, space: string): Promise<SpaceFile> {
  const answer = await management.get({ path: space, scope: 'spaces:read' })
  const { id, name, domain, languages, options } = (answer['space'] ?? {}) as Json
  const named = languages ?? (options as Json | undefined)?.['languages']
  const listed = Array.isArray(named) ? (named as Json[]) : []
  return {
    id: Number(id),
    name: String(name ?? ''),
    domain: withoutSecrets(String(domain ?? '')),
    languages: listed
      .map(({ code, name: language }) => ({ code: String(code ?? ''), name: String(language ?? code) }))
      .filter(({ code }) => code !== ''),
  }
}

/** The address of a preview often carries a secret of the site in its query. */
function withoutSecrets(domain: string): string {
  if (!URL.canParse(domain)) return ''
  const { origin, pathname } = new URL(domain)
  return origin === 'null' ? '' : `${origin}${pathname}`
}
