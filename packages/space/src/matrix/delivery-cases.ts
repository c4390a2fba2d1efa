import type { Behaviour } from '../behaviour.js'
import type { LocalSpace } from '../local-space.js'
import { managementOf, tokens } from '../test-support.js'
import type { Answered } from '../test-support.js'

type Query = Readonly<Record<string, string>>

// oxlint-disable-next-line no-explicit-any -- tests look at bodies of any shape
type Body = any

/** What a parameter brings about: `holds` is true of the answer with it, and false of the same answer without it. */
interface ParameterCase {
  value: string
  /** What is asked beside it, in both requests. */
  query?: Query
  /** A name in the query that is not the parameter's own, as those with brackets have. */
  name?: string
  /** What takes the place of `:identifier`, in both requests. */
  identifier?: string
  behaviour?: Partial<Behaviour>
  /** @param without - The answer to the same request without the parameter. */
  holds(answer: Answered, without: Answered): boolean
  prepare?(space: LocalSpace): Promise<void>
}

/** A request that is refused, and how. */
export interface ErrorCase {
  query: Query
  identifier?: string
  body: unknown
}

/** What an endpoint of the delivery API does, on the demo content. */
export interface DeliveryCase {
  /** What takes the place of `:identifier`. */
  identifier?: string
  /** Asked in every request, beside the preview token and `version=draft`. */
  query?: Query
  /** Whether the answer is the endpoint's. */
  works(body: Body): boolean
  parameters: Readonly<Record<string, ParameterCase>>
  errors?: Readonly<Record<number, ErrorCase>>
}

const homeUuid = '8bc49be7-c40f-47c4-a0a8-933425c74c2f'
const aboutUuid = 'f2fb89f2-7f05-4d8e-a911-6bb2449958bc'

const assetUrl = 'https://a.storyblok.com/f/100001/1600x1000/4bd7432ba8/dawn-ridges.svg'

const stories = ({ body }: Answered): Body[] => body.stories ?? []
const every = (answer: Answered, holds: (story: Body) => boolean): boolean =>
  stories(answer).length > 0 && stories(answer).every(holds)
const slugs = (answer: Answered): string[] => stories(answer).map((story) => story.full_slug)

/** A draft read is never redirected; a published one is, unless it names the cache version. */
const version: ParameterCase = {
  value: 'published',
  query: { cv: '99999999999' },
  holds: ({ headers }) => headers.get('cache-control')?.includes('public') === true,
}
const cv: ParameterCase = {
  value: '99999999999',
  query: { version: 'published' },
  holds: ({ status }) => status === 200,
}
const perPage = (list: string): ParameterCase => ({
  value: '3',
  holds: ({ body, headers }) => Object.keys(body[list]).length === 3 && headers.get('per-page') === '3',
})
const page = (list: string): ParameterCase => ({
  value: '999',
  holds: ({ status, body, headers }) =>
    status === 200 && Object.keys(body[list]).length === 0 && Number(headers.get('total')) > 0,
})

/** Adds a second language, and a headline in it that the first one lacks. */
async function addFrench(space: LocalSpace): Promise<void> {
  const call = managementOf(space)
  const languages = [
    { code: 'de', name: 'Deutsch' },
    { code: 'fr', name: 'Français' },
  ]
  await call('PUT', `/spaces/${space.id}`, { space: { languages } })
  const { story } = (await call('GET', 'stories/5014')).body
  await call('PUT', 'stories/5014', {
    story: {
      content: { ...story.content, seo_title: 'About', seo_title__i18n__fr: 'À propos', seo_title__i18n__de: null },
    },
  })
}

async function addDatasource(space: LocalSpace): Promise<void> {
  await managementOf(space)('POST', 'datasources', { datasource: { name: 'Empty', slug: 'empty' } })
}

/** Tags a story that is not published. */
async function tagDraft(space: LocalSpace): Promise<void> {
  await managementOf(space)('PUT', 'stories/5018', { story: { tag_list: ['only-in-drafts'] } })
}

async function addStage(space: LocalSpace): Promise<void> {
  const call = managementOf(space)
  const { workflow } = (await call('POST', 'workflows', { workflow: { name: 'Review' } })).body
  const stage = { name: 'Ready', workflow_id: workflow.id }
  const { workflow_stage: made } = (await call('POST', 'workflow_stages', { workflow_stage: stage })).body
  await call('POST', 'workflow_stage_changes', {
    workflow_stage_change: { story_id: 5014, workflow_stage_id: made.id },
  })
}

/**
 * What both stories endpoints take.
 *
 * @param home - Asks for the home story only.
 * @param first - Gives the home story of an answer.
 */
const shared = (home: Query, first: (answer: Answered) => Body): Record<string, ParameterCase> => ({
  version,
  cv,
  resolve_links: { value: 'url', holds: ({ body }) => body.links.length > 0 },
  resolve_links_level: {
    value: '2',
    query: { ...home, resolve_links: 'link' },
    holds: ({ body }, without) => body.links.length > without.body.links.length,
  },
  resolve_relations: { value: 'featured.articles', holds: ({ body }) => body.rels.length > 0 },
  resolve_level: {
    value: '2',
    query: { ...home, resolve_relations: 'featured.articles,article.author' },
    holds: ({ body }) => body.rels.some((story: Body) => story.content.component === 'author'),
  },
  resolve_assets: { value: '1', holds: ({ body }) => body.assets?.length > 0 },
  language: { value: 'de', holds: (answer) => first(answer).lang === 'de' },
  fallback_lang: {
    value: 'fr',
    query: { language: 'de' },
    identifier: 'about',
    prepare: addFrench,
    holds: ({ body }) => JSON.stringify(body).includes('À propos'),
  },
  excluding_fields: { value: 'body', holds: (answer) => !('body' in first(answer).content) },
  from_release: { value: '8001', holds: (answer) => first(answer).release_id === 8001 },
})

const pivot = '2026-09-01T08:00:00.000Z'
const compare: Record<string, (time: number, bound: number) => boolean> = {
  gt: (time, bound) => time > bound,
  gte: (time, bound) => time >= bound,
  lt: (time, bound) => time < bound,
  lte: (time, bound) => time <= bound,
}
const dates = Object.fromEntries(
  ['published_at', 'first_published_at', 'updated_at'].flatMap((field) =>
    Object.entries(compare).map(([name, isWithin]): [string, ParameterCase] => [
      `${field}_${name}`,
      {
        value: pivot,
        query: { per_page: '100' },
        holds: (answer) =>
          every(answer, (story) => story[field] !== null && isWithin(Date.parse(story[field]), Date.parse(pivot))),
      },
    ]),
  ),
)

const storyErrors: Record<number, ErrorCase> = {
  403: {
    query: { from_release: '8001', token: tokens.public, version: 'published' },
    body: { error: 'Unauthorized release access.' },
  },
  404: { query: { from_release: '404' }, body: ['This record could not be found'] },
  422: {
    query: { _storyblok_tk: 'x', colour: 'red' },
    body: { error: 'Parameter(s) _storyblok_tk, colour not allowed' },
  },
}

/** What each endpoint of the delivery API does with all that it takes, by its path. */
export const deliveryCases: Readonly<Record<string, DeliveryCase>> = {
  stories: {
    works: (body) => body.stories.length === 25 && Array.isArray(body.rels) && Array.isArray(body.links),
    errors: storyErrors,
    parameters: {
      ...shared({ by_slugs: 'home' }, ({ body }) => body.stories.find((story: Body) => story.full_slug === 'home')),
      ...dates,
      content_type: {
        value: 'guide',
        holds: (answer) => every(answer, ({ content }) => content.component === 'guide'),
      },
      starts_with: {
        value: 'guides/',
        holds: (answer) => every(answer, (story) => story.full_slug.startsWith('guides/')),
      },
      by_slugs: {
        value: 'articles/small-*,home',
        holds: (answer) => slugs(answer).toSorted().join() === 'articles/small-gear,home',
      },
      excluding_slugs: {
        value: 'home,articles/*',
        holds: (answer) => !slugs(answer).some((slug) => /^home|^art/.test(slug)),
      },
      by_uuids: { value: `${homeUuid},${aboutUuid}`, holds: (answer) => slugs(answer).join() === 'home,about' },
      by_uuids_ordered: { value: `${aboutUuid},${homeUuid}`, holds: (answer) => slugs(answer).join() === 'about,home' },
      by_ids: { value: '5013', holds: (answer) => slugs(answer).join() === 'home' },
      excluding_ids: { value: '5013', holds: (answer) => !slugs(answer).includes('home') },
      is_startpage: { value: '1', holds: (answer) => every(answer, (story) => story.is_startpage) },
      with_tag: {
        value: 'winter,granite',
        holds: (answer) => every(answer, ({ tag_list: tags }) => tags.includes('winter') || tags.includes('granite')),
      },
      sort_by: {
        value: 'content.title:desc',
        query: { content_type: 'article' },
        holds: (answer) => {
          const titles = stories(answer).map(({ content }) => content.title as string)
          return titles.length > 1 && titles.every((title, index) => index === 0 || title <= (titles[index - 1] ?? ''))
        },
      },
      page: page('stories'),
      per_page: perPage('stories'),
      level: { value: '1', holds: (answer) => every(answer, (story) => !story.full_slug.includes('/')) },
      search_term: {
        value: 'larches',
        holds: (answer) => every(answer, (story) => JSON.stringify(story).includes('larches')),
      },
      filter_query: {
        name: 'filter_query[rock][in]',
        value: 'granite',
        holds: (answer) => every(answer, ({ content }) => content.rock === 'granite'),
      },
      in_workflow_stages: { value: '1', prepare: addStage, holds: (answer) => slugs(answer).join() === 'about' },
      only_variants: { value: 'true', holds: (answer) => stories(answer).length === 0 },
    },
  },
  'stories/:identifier': {
    identifier: 'home',
    works: (body) => body.story.full_slug === 'home' && typeof body.cv === 'number',
    errors: { ...storyErrors, 404: { query: {}, identifier: 'nowhere', body: ['This record could not be found'] } },
    parameters: {
      ...shared({}, ({ body }) => body.story),
      find_by: { value: 'uuid', identifier: homeUuid, holds: ({ status }) => status === 200 },
      content_type: { value: 'guide', holds: ({ status }) => status === 404 },
    },
  },
  links: {
    works: (body) => body.links[homeUuid].slug === 'home',
    parameters: {
      version,
      cv,
      starts_with: {
        value: 'guides/',
        holds: ({ body }) => Object.values<Body>(body.links).every(({ slug }) => slug.startsWith('guides/')),
      },
      include_dates: { value: '1', holds: ({ body }) => 'created_at' in body.links[homeUuid] },
      by_uuid: { value: homeUuid, holds: ({ body }) => Object.keys(body.links).join() === homeUuid },
      with_parent: {
        value: '5002',
        holds: ({ body }) => Object.values<Body>(body.links).every((link) => link.parent_id === 5002),
      },
      paginated: {
        value: '1',
        behaviour: { pagedLinks: 'onRequest' },
        holds: ({ headers }) => headers.has('total'),
      },
      page: page('links'),
      per_page: perPage('links'),
    },
  },
  'links/:identifier': {
    identifier: homeUuid,
    works: (body) => body.link.real_path === '/home',
    errors: { 404: { query: {}, identifier: 'x', body: ['This record could not be found'] } },
    parameters: { cv, include_dates: { value: '1', holds: ({ body }) => 'updated_at' in body.link } },
  },
  datasources: {
    works: (body) => body.datasources[0].dimensions[0].entry_value === 'de',
    parameters: {
      version,
      cv,
      search: { value: 'sizes', holds: ({ body }) => body.datasources.length === 0 },
      by_ids: { value: '1', holds: ({ body }) => body.datasources.length === 0 },
      page: page('datasources'),
      per_page: { value: '1', holds: ({ headers }) => headers.get('per-page') === '1' },
    },
  },
  'datasources/:identifier': {
    identifier: 'rocks',
    works: (body) => body.datasource.name === 'Rocks',
    errors: { 404: { query: {}, identifier: 'x', body: ['This record could not be found'] } },
    parameters: { version, cv },
  },
  datasource_entries: {
    works: (body) => body.datasource_entries.every((entry: Body) => entry.dimension_value === null),
    errors: { 404: { query: { datasource: 'x' }, body: ['This record could not be found'] } },
    parameters: {
      version,
      cv,
      datasource: { value: 'empty', prepare: addDatasource, holds: ({ body }) => body.datasource_entries.length === 0 },
      dimension: {
        value: 'de',
        holds: ({ body }) => body.datasource_entries.some((entry: Body) => entry.dimension_value === 'Granit'),
      },
      page: page('datasource_entries'),
      per_page: perPage('datasource_entries'),
    },
  },
  tags: {
    works: (body) => body.tags.some((tag: Body) => tag.name === 'winter' && tag.taggings_count > 0),
    errors: {
      422: { query: { 'filter_query[title][near]': 'x' }, body: { error: 'The filter operator near is not known' } },
    },
    parameters: {
      version,
      cv,
      starts_with: { value: 'guides/', holds: ({ body }) => !body.tags.some((tag: Body) => tag.name === 'cover') },
      filter_query: {
        name: 'filter_query[component][in]',
        value: 'guide',
        holds: ({ body }) => !body.tags.some((tag: Body) => tag.name === 'cover'),
      },
      all_tags: {
        value: 'true',
        query: { version: 'published', cv: '99999999999' },
        prepare: tagDraft,
        holds: ({ body }) => body.tags.some((tag: Body) => tag.name === 'only-in-drafts'),
      },
    },
  },
  'spaces/me': {
    works: ({ space }) => space.id === 100_001 && space.language_codes.join() === 'de',
    parameters: {
      version: { value: 'published', query: { token: tokens.public }, holds: ({ status }) => status === 200 },
    },
  },
  'assets/me': {
    query: { token: tokens.asset, filename: assetUrl },
    works: ({ asset }) => asset.signed_url.includes('X-Amz-Signature='),
    parameters: { filename: { value: assetUrl, holds: ({ status }) => status === 200 } },
    errors: {
      404: { query: { filename: 'https://a.storyblok.com/f/1/none.svg' }, body: ['This record could not be found'] },
    },
  },
  experiments: { works: (body) => body.experiments.length === 0, parameters: { cv } },
}
