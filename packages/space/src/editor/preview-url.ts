import { notFound, unprocessable } from '../answer.js'
import type { SpaceContext } from '../context.js'
import { signPreview } from '../stories/sign-preview.js'

/** Which preview of a story to open. */
export interface PreviewTarget {
  storyId: number
  /** The place of the site among the space's preview addresses, the first being 0. */
  environment: number
  /** A language's code, `default` for the space's own. */
  language: string
  release: number | null
}

/** A site that the editor may open: only these get a signature. */
export interface PreviewEnvironment {
  name: string
  location: string
}

/** Lists where the space's site runs: its domain, then its other preview addresses. */
export function previewEnvironments({ store }: Pick<SpaceContext, 'store'>): PreviewEnvironment[] {
  const { domain, environments } = store.space
  const all = domain === '' ? environments : [{ name: 'Default', location: domain }, ...environments]
  return all.filter(({ location }) => /^https?:$/.test(URL.canParse(location) ? new URL(location).protocol : ''))
}

/**
 * Builds the address at which the Visual Editor opens a story on the site, with the signed parameters by which the site
 * recognises it.
 *
 * @throws {WireError} With status 404 without such a story or environment, 422 when the space has no preview token.
 */
export function previewUrl(context: SpaceContext, { storyId, environment, language, release }: PreviewTarget): URL {
  const { store, clock } = context
  const entry = store.stories.get(storyId)
  const site = previewEnvironments(context)[environment]
  if (!entry || entry.is_folder || !site) throw notFound()
  const signature = signPreview(context)
  if (!signature) throw unprocessable('The space has no preview token to sign with.')

  const content = JSON.parse(store.stories.content(storyId, 'draft') ?? '{}') as { component?: string }
  const url = new URL(site.location)
  const prefix = language === 'default' ? '' : `${language}/`
  // A path that leads out of the site’s own is not followed.
  const steps = (entry.path ?? entry.full_slug).split('/').filter((step) => step !== '.' && step !== '..')
  const path = steps.join('/').replace(/^\//, '')
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${prefix}${path}`
  const parameters: Record<string, string> = {
    _storyblok: String(storyId),
    _storyblok_c: content.component ?? '',
    _storyblok_version: '',
    _storyblok_lang: language,
    _storyblok_release: release === null ? 'undefined' : String(release),
    _storyblok_rl: String(clock.now()),
    '_storyblok_tk[space_id]': String(store.spaceId),
    '_storyblok_tk[timestamp]': signature.timestamp,
    '_storyblok_tk[token]': signature.token,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}
