import { completeBehaviour } from './behaviour.js'
import type { Behaviour } from './behaviour.js'
import { Clock } from './clock.js'
import { readContent } from './content/read-content.js'
import { emptyContent } from './content/types.js'
import type { StoredBlok } from './content/types.js'
import { writeContent } from './content/write-content.js'
import type { SpaceContext } from './context.js'
import { createDelivery } from './delivery/delivery.js'
import { Faults } from './faults/faults.js'
import type { FaultRule } from './faults/faults.js'
import { fetchFault } from './faults/write-fault.js'
import { createHandler } from './handler.js'
import { listen } from './listen.js'
import type { ListenOptions, Listener } from './listen.js'
import { createRateLimit } from './rate-limit.js'
import { seedTokens } from './seed-tokens.js'
import type { LocalSpaceTokens } from './seed-tokens.js'
import { deleteStory, publishStory, saveDraft, unpublishStory, updateEntry } from './stories/story-actions.js'
import { completeStory } from './story-input.js'
import type { StoryInput } from './story-input.js'
import { Store } from './store/store.js'
import type { StoryEntry } from './store/stories.js'
import { Webhooks } from './webhooks/webhooks.js'

export interface LocalSpaceOptions {
  /** A folder in the layout that Storyblok's command line pulls. Without it the space is empty. */
  content?: string
  /** A file that keeps the space between runs, or `:memory:` (the default). A file that holds a space is not seeded again. */
  data?: string
  /** Token values to use; by default they are random. */
  tokens?: Partial<LocalSpaceTokens>
  /** Whether requests past Storyblok's rate limits are refused; they are not by default. */
  rateLimit?: boolean
  /** How long every answer over HTTP waits, in milliseconds. */
  latency?: number
  /** Requests that go wrong on purpose. */
  faults?: readonly FaultRule[]
  /** Answers other than the documented ones, where Storyblok's documents leave them open. */
  behaviour?: Partial<Behaviour>
}

/** An offline Storyblok space. */
export interface LocalSpace {
  /** The space's id, which the content folder names. */
  readonly id: number
  readonly name: string
  readonly tokens: LocalSpaceTokens
  /** Answers a request as Storyblok's APIs do. */
  fetch(request: Request): Promise<Response>
  /** Serves the space over HTTP; the next free port is taken when the wanted one is not. */
  listen(options?: ListenOptions): Promise<Listener>
  /**
   * Publishes the draft of a story, raises the cache version and sends webhooks.
   *
   * @returns Whether there is such a story.
   */
  publish(fullSlug: string): boolean
  /**
   * Takes a story off the published version, raises the cache version and sends webhooks.
   *
   * @returns Whether there is such a story.
   */
  unpublish(fullSlug: string): boolean
  /**
   * Deletes a story, raises the cache version and sends webhooks.
   *
   * @returns Whether there was such a story.
   */
  delete(fullSlug: string): boolean
  /**
   * Moves a story to another full slug, raises the cache version and sends webhooks.
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
   * @param release - Its id, what it makes of stories, by full slug, and whether it needs a token that names it, as
   *   `tokens.release` then does.
   */
  addRelease(release: {
    id: number
    stories: Readonly<Record<string, StoredBlok>>
    name?: string
    restricted?: boolean
  }): void
  /** Adds the token of an OAuth app, which is sent behind `Bearer`. Its scopes are `read_content` and `write_content`. */
  addOAuthToken(token: { value: string; scopes: readonly string[]; expiresAt?: Date }): void
  /**
   * Tells the Visual Editor where the space's site runs: it opens stories at these addresses, and signs for no others.
   *
   * @param environments - Names and URLs; a story's path is put behind the URL. The first one is opened first.
   */
  setEnvironments(environments: readonly { name: string; location: string }[]): void
  /** Replaces the requests that go wrong, and counts from the start. */
  setFaults(faults: readonly FaultRule[]): void
  /**
   * Stops the space's clock at a time; `undefined` lets it run again.
   *
   * @throws {TypeError} When it is no valid time.
   */
  setTime(time: Date | undefined): void
  /** Resolves when all webhooks that were sent are answered, or have failed. */
  webhooksSettled(): Promise<void>
  /**
   * Writes the space into a folder, in the layout that `content` reads.
   *
   * @throws When the folder holds something already, or cannot be written.
   */
  export(folder: string): void
  /** Ends the servers and closes the database; the space answers nothing afterwards. */
  close(): void
}

/**
 * Creates an offline space that speaks Storyblok's Content Delivery and Management APIs with their token rules.
 *
 * @param options - Where content comes from and where it is kept.
 * @returns The space, as a fetch handler and as a server.
 * @throws {SpaceContentError} `KB_SPACE_CONTENT_INVALID` when the content folder is missing or malformed.
 * @throws {SpaceDataError} `KB_SPACE_DATA_UNSUPPORTED` when the data file is something else.
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
  latency = 0,
  faults: faultRules = [],
  behaviour = {},
}: LocalSpaceOptions = {}): LocalSpace {
  // What cannot be taken is refused before anything is opened.
  const documented = completeBehaviour(behaviour)
  const faults = new Faults(latency, faultRules)
  const store = new Store(data)
  const clock = new Clock()
  try {
    if (store.isEmpty) store.seed(content === undefined ? emptyContent : readContent(content), clock.now())
  } catch (error) {
    store.close()
    throw error
  }
  const webhooks = new Webhooks(store, clock, documented)
  const context: SpaceContext = { store, clock, behaviour: documented, webhooks }
  const spaceTokens = seedTokens(context, tokens)

  const limit = rateLimit ? createRateLimit(context) : undefined
  const deliver = createDelivery(context, limit)
  const answer = createHandler({ context, deliver, limit, personalToken: spaceTokens.personal })

  const listeners = new Set<Listener>()
  const changeStory = (fullSlug: string, change: (entry: StoryEntry) => void): boolean =>
    store.transaction(() => {
      const entry = store.stories.getBySlug(fullSlug)
      if (!entry || entry.is_folder) return false
      change(entry)
      return true
    })

  return {
    id: store.spaceId,
    name: store.space.name,
    tokens: spaceTokens,
    fetch: async (request) => {
      const fault = faults.next(new URL(request.url).pathname)
      return fault ? fetchFault(fault, request) : answer(request)
    },
    listen: async (options) => {
      const listener = await listen({ fetch: answer, deliver, faults }, options)
      listeners.add(listener)
      return listener
    },
    publish: (fullSlug) => changeStory(fullSlug, (entry) => publishStory(context, entry)),
    unpublish: (fullSlug) => changeStory(fullSlug, (entry) => unpublishStory(context, entry)),
    delete: (fullSlug) => changeStory(fullSlug, (entry) => deleteStory(context, entry)),
    move: (fullSlug, newFullSlug) =>
      changeStory(fullSlug, (entry) => updateEntry(context, entry, { ...entry, ...placeOf(store, newFullSlug) })),
    saveDraft: (fullSlug, draft) => changeStory(fullSlug, (entry) => saveDraft(context, entry, draft)),
    addStories: (stories) =>
      store.transaction(() => {
        const first = store.stories.highestId + 1
        for (const [index, story] of stories.entries()) store.stories.seed(completeStory(story, first + index))
        store.raiseCacheVersion(clock.now())
      }),
    addRelease: ({ id, stories, name = `Release ${id}`, restricted = false }) =>
      store.transaction(() => {
        store.records('releases').insert({ id, name, public: !restricted, released: false, release_at: null })
        const contents = Object.entries(stories).map(([fullSlug, draft]) => ({ fullSlug, content: draft }))
        store.writeRelease(id, contents)
        const key = store.apiKeys.find(spaceTokens.release)
        if (key) store.apiKeys.update({ ...key, release_ids: [...key.release_ids, id] })
      }),
    addOAuthToken: ({ value, scopes, expiresAt }) => {
      const expires = expiresAt?.toISOString() ?? null
      store.credentials.insert(
        value,
        {
          kind: 'oauth',
          name: 'App',
          scopes: [...scopes],
          space_ids: [store.spaceId],
          user_permission: false,
          expires_at: expires,
        },
        clock.iso(),
      )
    },
    setEnvironments: (environments) => store.updateSpace({ environments: [...environments] }),
    setFaults: (rules) => faults.set(rules),
    setTime: (time) => clock.set(time),
    webhooksSettled: () => webhooks.settled(),
    export: (folder) => writeContent(store, folder),
    close: () => {
      // Servers end by themselves once nobody waits for them; what they still ask the closed space fails.
      for (const listener of listeners) void listener.close()
      webhooks.close()
      store.close()
    },
  }
}

/** Where a full slug puts a story: the folder that it names, where there is one. */
function placeOf(store: Store, fullSlug: string): Pick<StoryEntry, 'full_slug' | 'slug' | 'parent_id'> {
  const steps = fullSlug.split('/')
  const slug = steps.pop() ?? fullSlug
  const folder = store.stories.getBySlug(steps.join('/'))
  return { full_slug: fullSlug, slug, parent_id: folder?.is_folder ? folder.id : 0 }
}
