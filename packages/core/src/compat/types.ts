// oxlint-disable typescript/no-explicit-any -- these are the shapes that code for Storyblok's own packages is written against

/** A blok, as code for Storyblok's own packages knows it. */
export interface SbBlokData {
  _uid?: string
  component?: string
  _editable?: string
  [field: string]: any
}

/** A story, as code for Storyblok's own packages knows it. */
export interface ISbStoryData<Content = SbBlokData> {
  id: number
  uuid: string
  name: string
  slug: string
  full_slug: string
  content: Content
  created_at: string
  updated_at?: string
  published_at: string | null
  first_published_at?: string | null
  sort_by_date: string | null
  position: number
  tag_list: string[]
  is_startpage?: boolean
  parent_id: number | null
  group_id: string
  lang: string
  path?: string
  alternates: any[]
  default_full_slug?: string | null
  translated_slugs?: { path: string; name: string | null; lang: string; published: boolean }[] | null
  release_id?: number | null
  meta_data: any
}

/** What a read may ask for. `version`, `token` and `cv` are taken and ignored: Keyblok decides about them. */
export interface ISbStoriesParams {
  version?: 'draft' | 'published'
  token?: string
  cv?: number
  find_by?: 'uuid'
  resolve_relations?: string | string[]
  resolve_level?: number
  resolve_links?: 'link' | 'url' | 'story' | '0' | '1'
  resolve_links_level?: 1 | 2
  resolve_assets?: number
  language?: string
  fallback_lang?: string
  from_release?: string
  content_type?: string
  starts_with?: string
  by_slugs?: string
  excluding_slugs?: string
  by_uuids?: string
  by_uuids_ordered?: string
  by_ids?: string
  excluding_ids?: string
  excluding_fields?: string
  level?: number
  is_startpage?: boolean
  with_tag?: string
  search_term?: string
  in_workflow_stages?: string
  published_at_gt?: string
  published_at_lt?: string
  first_published_at_gt?: string
  first_published_at_lt?: string
  updated_at_gt?: string
  updated_at_lt?: string
  filter_query?: any
  sort_by?: string
  page?: number
  per_page?: number
  paginated?: number
  include_dates?: 0 | 1
  search?: string
  datasource?: string
  dimension?: string
}

/** What a read of one story may ask for. */
export type ISbStoryParams = ISbStoriesParams

/** What a read of links may ask for. */
export type ISbLinksParams = ISbStoriesParams

/** An answer, with the counts of a list. */
export interface ISbResult {
  data: any
  perPage: number
  total: number
  headers: Headers
}

/** The answer to a read of one story. */
export interface ISbStory<Content = SbBlokData> extends ISbResult {
  data: { cv: number; links: any[]; rels: any[]; story: ISbStoryData<Content> }
}

/** The answer to a read of several stories. */
export interface ISbStories<Content = SbBlokData> extends ISbResult {
  data: { cv: number; links: any[]; rels: any[]; stories: ISbStoryData<Content>[] }
}

/** What is taken of the options of a request. */
export interface ISbCustomFetch {
  signal?: AbortSignal | null
}

/** The client that `useStoryblokApi` gives: what Storyblok's own reads, with the access of the current request. */
export interface StoryblokClient {
  /**
   * Reads an endpoint of the Content Delivery API.
   *
   * @param slug - Such as `cdn/stories/home`.
   * @throws {KeyblokError} `KB_PARAMETER_INVALID` for a parameter that the endpoint does not have, and the other codes of
   * a read; an error with `status: 404` for a story that is not there.
   */
  get(slug: string, params?: ISbStoriesParams, fetchOptions?: ISbCustomFetch): Promise<ISbResult>
  /** Reads all pages of a list. */
  getAll(slug: string, params?: ISbStoriesParams, entity?: string, fetchOptions?: ISbCustomFetch): Promise<any[]>
  /** Reads one story, by its slug or id. */
  getStory(slug: string, params?: ISbStoryParams, fetchOptions?: ISbCustomFetch): Promise<ISbStory>
  /** Reads one page of stories. */
  getStories(params?: ISbStoriesParams, fetchOptions?: ISbCustomFetch): Promise<ISbStories>
  /** Does nothing: what is kept follows the space's cache version by itself. */
  flushCache(): Promise<StoryblokClient>
  /**
   * Storyblok's own client writes by these.
   *
   * @throws {KeyblokError} `KB_COMPAT_UNSUPPORTED` always: no token of a site may write.
   */
  post(slug: string, params?: unknown): Promise<never>
  put(slug: string, params?: unknown): Promise<never>
  patch(slug: string, params?: unknown): Promise<never>
  delete(slug: string, params?: unknown): Promise<never>
}
