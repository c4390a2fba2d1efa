import type { DeliveryEvent } from '../delivery/events.js'
import type { Access, Version } from '../tokens/access.js'
import type { TokenKind } from '../tokens/secret.js'
import { CacheTags } from './cache-tags.js'
import { referencesOf } from './complete.js'
import type { StorySource } from './source.js'
import type { EnvPrefix, Space } from './space.js'
import type { Story } from './types.js'

/** A request to Storyblok. */
export interface SentRequest {
  /** The path of Storyblok's API, without a query. */
  path: string
  /** The answer's status; 0 when none came. */
  status: number
  /** How long it took, in milliseconds. */
  ms: number
}

/** What a request read of one space. */
export interface SpaceRead {
  /** The prefix of the space's variables. */
  envPrefix: EnvPrefix
  version: Version
  token: TokenKind
  /** Why this version, in one sentence. */
  reason: string
  cv: number | undefined
  /** The stories that were read, related ones not, nor those that were read piece by piece. */
  stories: Story[]
}

/** What is noted of one space. */
interface Account {
  tags: CacheTags
  version: Version
  token: TokenKind
  /** Why this version, in one sentence. */
  reason: string
  /** The cache version before the first read; after it, where there was none before. */
  cv: number | undefined
  /** Gives the cache version that is known now. */
  knownVersion: () => number | undefined
  named: Set<string>
  /** The stories that pages show for themselves. */
  stories: Story[]
  lists: (readonly Story[])[]
  /** The ids of stories that stand in lists too long to keep. */
  passing: Set<number>
}

/** A page that shows more stories than this is dropped with any of them: caches take only so many tags. */
const mostStoryTags = 100

/**
 * Notes what one request reads: what its page shows, so that a cache can drop it when that changes, and what the reading
 * took, for whoever wants to know.
 */
export class Journal {
  readonly #accounts = new Map<EnvPrefix, Account>()
  readonly #requests: SentRequest[] = []
  /** Whether a read failed, so that the page may show less than there is. */
  failed = false
  readonly #relations = new Set<string>()
  #links: Space['resolveLinks']
  /** How many reads were answered from memory, or from a cache that instances share. */
  cacheHits = 0

  /** Hears of the requests that are sent for it. */
  readonly hear = (event: DeliveryEvent): void => {
    if (event.type === 'request') this.#requests.push({ path: event.path, status: event.status, ms: event.ms })
    else if (event.type === 'failure') this.#requests.push({ path: event.path, status: 0, ms: event.ms })
    else if (event.type === 'cache' && (event.outcome === 'hit' || event.outcome === 'shared-hit')) this.cacheHits++
  }

  /** Notes what was asked for beside stories, which an editor’s messages are to hold too. */
  asked(relations: readonly string[], links: Space['resolveLinks']): void {
    for (const relation of relations) this.#relations.add(relation)
    this.#links ??= links
  }

  /** The relations that were asked for, as `component.field`. */
  get relations(): string[] {
    return [...this.#relations]
  }

  /** What was asked for of the stories that links point to. */
  get links(): Space['resolveLinks'] {
    return this.#links
  }

  /** The requests that were sent to Storyblok for it. */
  get requests(): readonly SentRequest[] {
    return this.#requests
  }

  /** Notes that a space is read. */
  open(space: Space, { version, token, reason }: Access, knownVersion: () => number | undefined): void {
    const account = this.#accounts.get(space.envPrefix)
    if (account) {
      if (version === 'draft') Object.assign(account, { version, token: token.kind, reason })
      return
    }
    this.#accounts.set(space.envPrefix, {
      tags: new CacheTags(space.envPrefix),
      version,
      token: token.kind,
      reason,
      cv: knownVersion(),
      knownVersion,
      named: new Set(),
      stories: [],
      lists: [],
      passing: new Set(),
    })
  }

  /** Notes a story that a page shows for itself; `null` is a page that says there is none. */
  story(space: Space, story: Story | null): void {
    const account = this.#of(space)
    if (story) account?.stories.push(story)
    else account?.named.add(account.tags.missing)
  }

  /** Notes a list. Its stories need no tags of their own: whatever changes them changes the list of their folder. */
  list({ space, startsWith }: Pick<StorySource, 'space' | 'startsWith'>, stories: readonly Story[]): void {
    const account = this.#of(space)
    if (!account) return
    account.named.add(account.tags.list(startsWith))
    account.lists.push(stories)
  }

  /** Notes a story of a list that is read piece by piece, of which nothing is kept. */
  passing({ space, startsWith }: Pick<StorySource, 'space' | 'startsWith'>, story: Story): void {
    const account = this.#of(space)
    const { alternates, missing, stories } = referencesOf(story)
    account?.named.add(account.tags.list(startsWith))
    if (missing.size > 0) account?.named.add(account.tags.missing)
    for (const { id } of [...stories, ...alternates]) account?.passing.add(id)
  }

  /** Notes anything else, by its tag. */
  other(space: Space, tagOf: (tags: CacheTags) => string): void {
    const account = this.#of(space)
    account?.named.add(tagOf(account.tags))
  }

  /** The stories that were read, related ones not, nor those that were read piece by piece. */
  get stories(): Story[] {
    return [...this.#accounts.values()].flatMap(readIn)
  }

  /** The tags that a cached page must carry, those of its cache versions included. */
  get tags(): string[] {
    return [...this.#accounts.values()].flatMap((account) => {
      const { tags, named, cv } = account
      const { shown, missing } = shownIn(account)
      const stories = shown.size > mostStoryTags ? [tags.stories] : [...shown].map((id) => tags.story(id))
      // Once: a page can both say that there is no story, and miss one in another.
      const others = new Set([...named, ...(missing ? [tags.missing] : [])])
      return [tags.all, ...(cv === undefined ? [] : [tags.version(cv)]), ...others, ...stories]
    })
  }

  #of({ envPrefix }: Space): Account | undefined {
    const account = this.#accounts.get(envPrefix)
    if (account) account.cv ??= account.knownVersion()
    return account
  }

  /** What was read of each space, by the prefix of its variables. */
  get spaces(): SpaceRead[] {
    return [...this.#accounts].map(([envPrefix, account]) => {
      const { version, token, reason, cv } = account
      return { envPrefix, version, token, reason, cv, stories: readIn(account) }
    })
  }
}

/** The stories that were read of one space, each once. */
function readIn({ stories, lists }: Account): Story[] {
  return [...new Map([...stories, ...lists.flat()].map((story) => [story.id, story])).values()]
}

/**
 * The ids of what is shown: of single stories, of those in any story, and of those that links point to; and whether a
 * story misses one.
 */
function shownIn({ stories, lists, passing }: Account): { shown: Set<number>; missing: boolean } {
  const shown = new Set([...passing, ...stories.map(({ id }) => id)])
  let missing = false
  for (const story of [...stories, ...lists.flat()]) {
    const references = referencesOf(story)
    for (const { id } of [...references.stories, ...references.alternates]) shown.add(id)
    missing ||= references.missing.size > 0
  }
  return { shown, missing }
}
