import type { AssetItem, Blok, Component, Session, Story } from './types.js'

/** An answer of the space that is not a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, body: unknown) {
    super(describe(status, body))
    this.status = status
  }
}

function describe(status: number, body: unknown): string {
  if (status === 422 && typeof body === 'object' && body !== null && 'conflict' in body) {
    return 'Somebody else saved this story meanwhile. Reload it, or save again to overwrite.'
  }
  return `The space answered ${status}: ${typeof body === 'string' ? body : JSON.stringify(body)}`
}

async function request<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(`/editor/api/${path}`, {
    method,
    headers: { 'X-Keyblok-Editor': '1', 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? null : JSON.parse(text)
  if (!response.ok) throw new ApiError(response.status, answer)
  return answer as T
}

const parameters = (values: Record<string, string | number | null | undefined>): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, `${value}`]],
    ),
  ).toString()

/** How many stories a list shows at once. */
export const pageSize = 50

/** What a list of stories is narrowed to. */
export interface StoryQuery {
  with_parent?: number
  search?: string
  content_type?: string
  story_only?: 1
  by_uuids?: string
  page?: number
}

/** The space, as the editor's page reaches it. */
export function createApi(spaceId: number) {
  const base = `v1/spaces/${spaceId}`
  return {
    components: async () => (await request<{ components: Component[] }>(`${base}/components?per_page=1000`)).components,
    stories: async (query: StoryQuery) => {
      const all = parameters({ per_page: pageSize, ...query })
      return (await request<{ stories: Story[] }>(`${base}/stories?${all}`)).stories
    },
    story: async (id: number) => (await request<{ story: Story }>(`${base}/stories/${id}`)).story,
    releaseContent: async (id: number, release: number) =>
      (await request<{ content: Blok | null }>(`release-content?${parameters({ story: id, release })}`)).content,
    save: async (story: Story, content: Blok, { release, force }: { release: number | null; force: boolean }) =>
      (
        await request<{ story: Story }>(`${base}/stories/${story.id}`, 'PUT', {
          story: { content, updated_at: story.updated_at },
          ...(release !== null && { release_id: release }),
          ...(force && { force_update: '1' }),
        })
      ).story,
    publish: async (id: number) => (await request<{ story: Story }>(`${base}/stories/${id}/publish`)).story,
    unpublish: async (id: number) => (await request<{ story: Story }>(`${base}/stories/${id}/unpublish`)).story,
    assets: async (search: string) =>
      (await request<{ assets: AssetItem[] }>(`${base}/assets?${parameters({ per_page: pageSize, search })}`)).assets,
    datasource: async (slug: string) =>
      (
        await request<{ datasource_entries: { name: string; value: string }[] }>(
          `${base}/datasource_entries?${parameters({ datasource_slug: slug, per_page: 1000 })}`,
        )
      ).datasource_entries,
    setDomain: (domain: string) => request<unknown>(base, 'PUT', { space: { domain } }),
    previewUrl: async (story: number, environment: number, language: string, release: number | null) =>
      (await request<{ url: string }>(`preview-url?${parameters({ story, environment, language, release })}`)).url,
    previewStory: (unsaved: {
      storyId: number
      content: Blok
      language: string
      release: number | null
      resolveRelations: readonly string[]
    }) => request<unknown>('preview-story', 'POST', unsaved),
  }
}

export type Api = ReturnType<typeof createApi>

/** Reads what the editor starts with. */
export const readSession = (): Promise<Session> => request('session')
