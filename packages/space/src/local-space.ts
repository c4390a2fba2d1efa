import { randomInt } from 'node:crypto'
import { Hono } from 'hono'
import { addAssetRoutes } from './assets/routes.js'
import { readContent } from './content/read-content.js'
import type { SpaceContent, StoredBlok } from './content/types.js'
import { addDeliveryRoutes } from './delivery/routes.js'
import { addHomePage } from './home-page.js'
import { listen } from './listen.js'
import type { ListenOptions, Listener } from './listen.js'
import { addManagementRoutes } from './management/routes.js'
import { completeStory } from './story-input.js'
import type { StoryInput } from './story-input.js'
import { Store } from './store/store.js'

/** One delivery token of each kind that the local space knows. */
export interface LocalSpaceTokens {
  /** Reads published stories only. */
  public: string
  /** Reads drafts and published stories. */
  preview: string
  /** Opens private assets. */
  asset: string
  /** Reads releases, restricted ones too. */
  release: string
  /** Manages the space: a personal access token. */
  personal: string
}

export interface LocalSpaceOptions {
  /** A folder in the layout that Storyblok's command line pulls. Without it the space is empty. */
  content?: string
  /** A file that keeps the space between runs, or `:memory:` (the default). A file that holds a space is not seeded again. */
  data?: string
  /** Token values to use; by default they are random. */
  tokens?: Partial<LocalSpaceTokens>
  /** Whether requests past Storyblok's rate limits are refused; they are not by default. */
  rateLimit?: boolean
}

/** An offline Storyblok space. */
export interface LocalSpace {
  /** The space's id, which the content folder names. */
  readonly id: number
  readonly name: string
  readonly tokens: LocalSpaceTokens
  /** Answers a request as Storyblok's API does. */
  fetch(request: Request): Promise<Response>
  /** Serves the space over HTTP; the next free port is taken when the wanted one is not. */
  listen(options?: ListenOptions): Promise<Listener>
  /**
   * Publishes the draft of a story and raises the cache version.
   *
   * @returns Whether there is such a story.
   */
  publish(fullSlug: string): boolean
  /**
   * Takes a story off the published version and raises the cache version.
   *
   * @returns Whether there is such a story.
   */
  unpublish(fullSlug: string): boolean
  /**
   * Deletes a story and raises the cache version.
   *
   * @returns Whether there was such a story.
   */
  delete(fullSlug: string): boolean
  /**
   * Moves a story to another full slug and raises the cache version.
   *
   * @returns Whether there is such a story.
   * @throws The database's error when another story has the new full slug.
   */
  move(fullSlug: string, newFullSlug: string): boolean
  /**
   * Replaces the draft of a story. What is published and the cache version stay.
   *
   * @returns Whether there is such a story.
   */
  saveDraft(fullSlug: string, content: StoredBlok): boolean
  /** Adds stories in one go, as many as there are, and raises the cache version. */
  addStories(stories: readonly StoryInput[]): void
  /**
   * Adds a release.
   *
   * @param release - Its id, what it makes of stories, by full slug, and whether it needs a token of its own.
   */
  addRelease(release: { id: number; stories: Readonly<Record<string, StoredBlok>>; restricted?: boolean }): void
  /** Closes the database; the space answers nothing afterwards. */
  close(): void
}

const emptyContent: SpaceContent = {
  spaceId: 100_001,
  name: 'Local space',
  components: [],
  languages: [],
  stories: [],
  assets: [],
  datasources: [],
}

/**
 * Creates an offline space that speaks Storyblok's Content Delivery API with its token rules.
 *
 * @param options - Where content comes from and where it is kept.
 * @returns The space, as a fetch handler and as a server.
 * @throws {SpaceContentError} `KB_SPACE_CONTENT_INVALID` when the content folder is missing or malformed.
 *
 * @example
 * ```ts
 * import { createLocalSpace } from '@keyblok/space'
 *
 * const space = createLocalSpace({ content: '.storyblok' })
 * const url = `http://space.test/v2/cdn/stories?version=draft&token=${space.tokens.preview}`
 * const response = await space.fetch(new Request(url))
 * ```
 */
export function createLocalSpace({
  content,
  data = ':memory:',
  tokens = {},
  rateLimit = false,
}: LocalSpaceOptions = {}): LocalSpace {
  const store = new Store(data)
  if (store.isEmpty) {
    const seeded = content === undefined ? emptyContent : readContent(content)
    store.seed(seeded, Math.floor(Date.now() / 1000))
  }
  const spaceTokens: LocalSpaceTokens = {
    public: tokens.public ?? store.firstToken('public') ?? randomToken(),
    preview: tokens.preview ?? store.firstToken('private') ?? randomToken(),
    asset: tokens.asset ?? store.firstToken('asset') ?? randomToken(),
    release: tokens.release ?? store.firstToken('release') ?? randomToken(),
    personal: tokens.personal ?? store.personalToken ?? `sb_pat_${randomToken()}`,
  }
  store.addToken(spaceTokens.public, 'public')
  store.addToken(spaceTokens.preview, 'private')
  store.addToken(spaceTokens.asset, 'asset')
  store.addToken(spaceTokens.release, 'release')
  store.addPersonalToken(spaceTokens.personal)

  const app = new Hono()
  addHomePage(app, store)
  addDeliveryRoutes(app, store, { rateLimit })
  addManagementRoutes(app, store)
  addAssetRoutes(app, store)
  const fetch = async (request: Request): Promise<Response> => app.fetch(request)
  const { id, name } = store.space

  return {
    id,
    name,
    tokens: spaceTokens,
    fetch,
    listen: (options = {}) => listen(fetch, options),
    publish: (fullSlug) => store.publish(fullSlug, new Date().toISOString()),
    unpublish: (fullSlug) => store.unpublish(fullSlug),
    delete: (fullSlug) => store.delete(fullSlug),
    move: (fullSlug, newFullSlug) => store.move(fullSlug, newFullSlug),
    saveDraft: (fullSlug, content) => store.saveDraft(fullSlug, content, new Date().toISOString()),
    addStories: (stories) => {
      const first = store.highestStoryId + 1
      store.addStories(stories.map((story, index) => completeStory(story, first + index)))
    },
    addRelease: ({ id: release, stories, restricted = false }) => store.addRelease(release, !restricted, stories),
    close: () => store.close(),
  }
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Makes a token of Storyblok's usual shape: 22 characters and `tt`. */
function randomToken(): string {
  return `${Array.from({ length: 22 }, () => base62[randomInt(base62.length)]).join('')}tt`
}
