import type { WireLinkedStory } from '../delivery/wire.js'
import { sha256 } from '../encoding.js'
import type { Site, Visit } from '../site.js'
import { referencesOf } from './complete.js'
import type { Link, ReadProgress, Storyblok } from './reader.js'
import { isIn } from './slugs.js'
import type { StorySource } from './source.js'
import { trimSlashes } from './trim-slashes.js'
import type { Story } from './types.js'
import type { Version } from '../tokens/access.js'

/** What a copy of a source remembers from its last synchronisation; plain data, without any token. */
export interface SyncState {
  /** What was copied, from where and how; a copy of anything else is thrown away. */
  of: string
  /** The cache version that was read, of published content. */
  cv?: number
  /** For each story of the copy, by id: when it changed last. */
  stamps: Record<string, string>
  /**
   * What the stories refer to: when that changed last, and the ids of the stories that show it. By UUID, after a tilde
   * where only its slug counts.
   */
  refs: Record<string, [stamp: string, ...ids: number[]]>
  /** The stories that lie in the source's folder and are none of its, by id: when they changed last. */
  others: Record<string, string>
}

/** What there is to do to a copy. */
export interface Sync {
  /** Whether nothing changed, some stories did, or the copy has to be made anew. */
  kind: 'unchanged' | 'partial' | 'whole'
  /** What was read. */
  version: Version
  /** The new and changed stories; all of them when the copy is made anew. */
  stories: readonly Story[]
  /** The ids of the stories to take away. */
  gone: readonly number[]
  /** What to remember for the next time. */
  state: SyncState
}

export interface SyncOptions {
  /** The language of the copy. */
  language?: string
  /** What else makes the copy what it is, such as the adapter's options. */
  salt?: string
  /** What the copy remembers; nothing makes it anew. */
  previous?: SyncState
  onProgress?: (progress: ReadProgress) => void
}

/** Past this share of changed stories, reading all of them is no slower. */
const mostChanged = 0.5

/**
 * Brings a copy of a source up to date. Published content that did not change costs one request, a few changed stories
 * cost one more and the pages of the space's links. A story is read again when it was published, moved or renamed, when
 * a story that it shows was, or when one that it misses came.
 *
 * @param visit - Whose eyes to see with; it decides the version.
 * @throws {KeyblokError} As reads do; the copy is to stay as it is then.
 */
export async function syncStories(
  site: Site,
  visit: Visit,
  source: StorySource,
  { language, salt = '', previous, onProgress }: SyncOptions = {},
): Promise<Sync> {
  const { envPrefix } = source.space
  const access = site.access(visit, envPrefix)
  const connection = site.connect(envPrefix)
  const storyblok = site.visit(visit)
  const definition = JSON.stringify([source, site.routed(source.space), language, salt])
  const of = (await sha256(`${await connection.nameOf(access)} ${definition}`)).slice(0, 32)
  const { versions } = connection.delivery
  const cv =
    access.version === 'draft'
      ? undefined
      : (versions.fresh(access.token) ?? (await connection.delivery.askCacheVersion(access, { signal: visit.signal })))

  const whole = async (links: readonly Link[] = []): Promise<Sync> => {
    const stories = await storyblok.all(source, { language, onProgress })
    const state: SyncState = { of, cv, stamps: {}, refs: {}, others: {} }
    for (const story of stories) remember(state, access.version, story)
    for (const link of links) {
      if (state.stamps[link.id] === undefined && lies(source, link))
        state.others[link.id] = stampIn(access.version, link)
    }
    return { kind: 'whole', version: access.version, stories, gone: [], state }
  }
  if (previous?.of !== of) return whole()
  if (cv !== undefined && cv === previous.cv)
    return { kind: 'unchanged', version: access.version, stories: [], gone: [], state: previous }
  const links = (await storyblok.links(source.space, { includeDates: true })).filter(
    ({ is_folder: isFolder, published }) => !isFolder && (access.version === 'draft' || published),
  )
  const changes = findChanges(source, access.version, previous, links)
  if (!changes || changes.size > Math.max(mostChanged * Object.keys(previous.stamps).length, 25)) return whole(links)
  return readChanges(storyblok, source, { version: access.version, language, previous, cv, links, changes })
}

/** Finds the ids of the stories to read again; `undefined` when the links do not tell. */
function findChanges(
  source: StorySource,
  version: Version,
  { stamps, refs, others }: SyncState,
  links: readonly Link[],
): ReadonlySet<number> | undefined {
  if (links.some(({ published_at: published, updated_at: updated }) => (published ?? updated) === undefined)) {
    return undefined
  }
  const changed = new Set<number>()
  const refStamps = new Map<string, string>()
  for (const link of links) {
    const stamp = stampIn(version, link)
    const slug = trimSlashes(link.slug)
    refStamps.set(link.uuid, stamp).set(`~${link.uuid}`, slug).set(`~${link.id}`, slug)
    const known = stamps[link.id] ?? others[link.id]
    if ((stamps[link.id] !== undefined || lies(source, link)) && known !== stamp) changed.add(link.id)
  }
  for (const [uuid, [stamp, ...ids]] of Object.entries(refs)) {
    if (stamp !== (refStamps.get(uuid) ?? '')) for (const id of ids) changed.add(id)
  }
  return changed
}

interface Changes {
  version: Version
  language: string | undefined
  previous: SyncState
  cv: number | undefined
  links: readonly Link[]
  changes: ReadonlySet<number>
}

async function readChanges(
  storyblok: Storyblok,
  source: StorySource,
  { version, language, previous, cv, links, changes }: Changes,
): Promise<Sync> {
  const byId = new Map(links.map((link) => [link.id, link]))
  const asked = [...changes].flatMap((id) => byId.get(id) ?? [])
  const stories = await storyblok.byUuids(
    source,
    asked.map(({ uuid }) => uuid),
    { language },
  )
  const found = new Set(stories.map(({ id }) => id))
  const gone = Object.keys(previous.stamps)
    .map(Number)
    .filter((id) => !byId.has(id) || (changes.has(id) && !found.has(id)))

  const state: SyncState = {
    of: previous.of,
    cv,
    stamps: { ...previous.stamps },
    refs: withoutStories(previous.refs, new Set([...gone, ...found])),
    others: {},
  }
  for (const id of gone) delete state.stamps[id]
  const others = new Set([...Object.keys(previous.others).map(Number), ...asked.map(({ id }) => id)])
  for (const id of others) {
    const link = byId.get(id)
    if (link && !found.has(id)) state.others[id] = stampIn(version, link)
  }
  // What the links say is what the next links are compared with.
  for (const story of stories) remember(state, version, story, byId.get(story.id))
  const kind = stories.length + gone.length === 0 ? 'unchanged' : 'partial'
  return { kind, version, stories, gone, state }
}

function remember(state: SyncState, version: Version, story: Story, link?: Link): void {
  state.stamps[story.id] = stampIn(version, link ?? linkOf(story))
  const { alternates, missing, stories } = referencesOf(story)
  const show = (uuid: string, stamp: string): void => void (state.refs[uuid] ??= [stamp]).push(story.id)
  for (const other of stories) {
    if ('href' in other) show(other.uuid, stampIn(version, linkOf(other as Story)))
    else show(`~${other.uuid}`, trimSlashes((other as WireLinkedStory).full_slug))
  }
  for (const uuid of missing) show(uuid, '')
  // The same page in other languages, where each has a folder of its own.
  for (const { id, slug } of alternates) show(`~${id}`, slug)
}

function withoutStories(refs: SyncState['refs'], ids: ReadonlySet<number>): SyncState['refs'] {
  const kept: SyncState['refs'] = {}
  for (const [uuid, [stamp, ...showing]] of Object.entries(refs)) {
    const left = showing.filter((id) => !ids.has(id))
    if (left.length > 0) kept[uuid] = [stamp, ...left]
  }
  return kept
}

type Dated = Pick<Link, 'slug' | 'published_at' | 'updated_at'>

/** What links say of a story: its slug there is the one in the default language. */
function linkOf({ default_full_slug: defaultSlug, full_slug: fullSlug, lang, ...dates }: Story): Dated {
  const slug = defaultSlug ?? (fullSlug.startsWith(`${lang}/`) ? fullSlug.slice(lang.length + 1) : fullSlug)
  return { ...dates, slug }
}

/** Changes whenever a story is published, or as a draft saved, or moved. */
function stampIn(version: Version, { published_at: published, updated_at: updated, slug }: Dated): string {
  return `${Date.parse((version === 'draft' ? updated : published) ?? '')} ${trimSlashes(slug)}`
}

/** Whether a story lies in a source's folder. */
function lies(source: StorySource, { slug }: Link): boolean {
  return isIn(source, { full_slug: slug })
}
