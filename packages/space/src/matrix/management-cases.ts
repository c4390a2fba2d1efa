import type { LocalSpace } from '../local-space.js'
import type { Answered, Call } from '../test-support.js'

// oxlint-disable-next-line no-explicit-any -- tests look at bodies of any shape
type Body = any

/** Something that can be made, changed and deleted, and how its bodies look. */
interface Collection {
  /** What one is wrapped in; absent where bodies are flat. */
  wrapper?: string
  make: Record<string, unknown>
  /** What answers show of what was made, where that is something else. */
  shown?: Record<string, unknown>
  change: Record<string, unknown>
}

const blok = { _uid: 'u', component: 'page' }

/** The collections of the Management API, by their path. They lie on top of the demo content. */
const collections: Readonly<Record<string, Collection>> = {
  'spaces/:space/stories': {
    wrapper: 'story',
    make: { name: 'Made', slug: 'made', content: blok },
    shown: { name: 'Made', full_slug: 'made' },
    change: { name: 'Changed' },
  },
  'spaces/:space/components': {
    wrapper: 'component',
    make: { name: 'banner', schema: { title: { type: 'text' } } },
    change: { display_name: 'Banner' },
  },
  'spaces/:space/component_groups': {
    wrapper: 'component_group',
    make: { name: 'Layout' },
    change: { name: 'Layouts' },
  },
  'spaces/:space/presets': {
    wrapper: 'preset',
    make: { name: 'Large', component_id: 7006, preset: { headline: 'Hello' } },
    change: { name: 'Larger' },
  },
  'spaces/:space/internal_tags': {
    wrapper: 'internal_tag',
    make: { name: 'old', object_type: 'component' },
    change: { name: 'older' },
  },
  'spaces/:space/datasources': {
    wrapper: 'datasource',
    make: { name: 'Sizes', slug: 'sizes' },
    change: { name: 'All sizes' },
  },
  'spaces/:space/datasource_entries': {
    wrapper: 'datasource_entry',
    make: { name: 'slate', value: 'slate', datasource_id: 8101 },
    change: { value: 'Slate' },
  },
  'spaces/:space/assets': {
    make: { filename: 'new.png', size: '10x10' },
    shown: { short_filename: 'new.png' },
    change: { alt: 'New' },
  },
  'spaces/:space/asset_folders': {
    wrapper: 'asset_folder',
    make: { name: 'Maps' },
    change: { name: 'Topos' },
  },
  'spaces/:space/api_keys': {
    wrapper: 'api_key',
    make: { access: 'public', name: 'Second' },
    change: { name: 'Third' },
  },
  personal_access_tokens: { make: { name: 'ci', scopes: ['stories:read'] }, change: { name: 'CI' } },
  tokens: { wrapper: 'token', make: { name: 'old' }, change: { name: 'older' } },
  'spaces/:space/webhook_endpoints': {
    wrapper: 'webhook_endpoint',
    make: { name: 'Site', endpoint: 'https://site.test/hook', actions: ['story.published'] },
    change: { name: 'The site' },
  },
  'spaces/:space/releases': { wrapper: 'release', make: { name: 'May' }, change: { name: 'June' } },
  'spaces/:space/branches': { wrapper: 'branch', make: { name: 'Stage' }, change: { name: 'Staging' } },
  'spaces/:space/workflows': { wrapper: 'workflow', make: { name: 'Review' }, change: { name: 'Reviews' } },
  'spaces/:space/workflow_stages': {
    wrapper: 'workflow_stage',
    make: { name: 'Ready', workflow_id: 1 },
    change: { name: 'Done' },
  },
}

/** An operation, and how to see that it works. */
export interface OperationCase {
  body?: unknown
  /** Makes what the operation needs; its id takes the place of `:id` or `:name`. */
  prepare?(call: Call, space: LocalSpace): Promise<number | string>
  works(answer: Answered, call: Call): boolean | Promise<boolean>
}

/** The collection that an operation lists, makes, reads, changes or deletes in, if it is one of those five. */
function collectionOf(name: string): Collection | undefined {
  return collections[name.replace(/^\w+ \/v1\//, '').replace(/\/:id$/, '')]
}

/** The path of an operation's collection, as a call takes it. */
function listPath(name: string): string {
  return name
    .replace(/^\w+ \/v1\/(spaces\/:space\/)?/, (_, inSpace?: string) => (inSpace ? '' : '/'))
    .replace(/\/:id$/, '')
}

/** Legacy tokens are sent flat, and answered in a wrapper. */
const wrap = ({ wrapper }: Collection, fields: unknown): unknown =>
  wrapper && wrapper !== 'token' ? { [wrapper]: fields } : fields
const unwrap = ({ wrapper }: Collection, body: Body): Body => (wrapper ? body[wrapper] : body)
const listOf = ({ body }: Answered): Body[] => Object.values<Body[]>(body)[0] ?? []

/** Makes one of a collection, and gives its id. */
async function makeOne(call: Call, name: string): Promise<number> {
  const collection = collectionOf(name)
  if (!collection) throw new Error(`${name} is no operation of a collection.`)
  const { status, body } = await call('POST', listPath(name), wrap(collection, collection.make))
  if (status > 201) throw new Error(`${name} answered ${status} ${JSON.stringify(body)}`)
  return unwrap(collection, body).id
}

function has(item: Body, fields: Record<string, unknown>): boolean {
  return Object.entries(fields).every(([field, value]) => JSON.stringify(item[field]) === JSON.stringify(value))
}

/** What the five operations of a collection do, as the list then shows. */
function collectionCase(name: string, collection: Collection): OperationCase {
  const list = (call: Call) => call('GET', `${listPath(name)}?per_page=100`).then(listOf)
  const prepare = (call: Call) => makeOne(call, name)
  const { make, shown = make, change } = collection
  const [method = '', path = ''] = name.split(' ')
  if (method === 'POST') {
    const works = async (_: Answered, call: Call) => (await list(call)).some((item) => has(item, shown))
    return { body: wrap(collection, make), works }
  }
  if (method === 'PUT' || method === 'PATCH') {
    const works = async (_: Answered, call: Call) => (await list(call)).some((item) => has(item, change))
    return { body: wrap(collection, change), prepare, works }
  }
  if (method === 'DELETE') {
    // A personal access token stays listed, as revoked.
    const isThere = (item: Body): boolean => has(item, shown) && !item.revoked_at
    return { prepare, works: async (_, call) => !(await list(call)).some(isThere) }
  }
  if (path.endsWith('/:id')) return { prepare, works: ({ body }) => has(unwrap(collection, body), shown) }
  return { prepare, works: (answer) => listOf(answer).some((item) => has(item, shown)) }
}

const make = async (call: Call, path: string, body: unknown): Promise<Body> => {
  const answer = await call('POST', path, body)
  return answer.body
}

/** Publishes a story, which leaves a webhook's log behind. */
const logWebhook = async (call: Call, space: LocalSpace): Promise<number> => {
  const endpoint = { name: 'Site', endpoint: 'http://127.0.0.1:1/hook', actions: ['story.published'] }
  await make(call, 'webhook_endpoints', { webhook_endpoint: endpoint })
  await call('GET', 'stories/5014/publish')
  await space.webhooksSettled()
  return 1
}

const makeStage = async (call: Call): Promise<number> => {
  const { workflow } = await make(call, 'workflows', { workflow: { name: 'Review' } })
  const stage = { name: 'Ready', workflow_id: workflow.id }
  return (await make(call, 'workflow_stages', { workflow_stage: stage })).workflow_stage.id
}

/** The other operations, by method and path. */
const operationCases: Readonly<Record<string, OperationCase>> = {
  'GET /v1/users/me': { works: ({ body }) => body.user.email === 'dev@example.test' },
  'GET /v1/spaces': { works: ({ body }) => body.spaces[0].name === 'Chalkline' },
  'GET /v1/spaces/:space': { works: ({ body }) => body.space.first_token.endsWith('tt') },
  'PUT /v1/spaces/:space': {
    body: { space: { name: 'Renamed' } },
    works: async (_, call) => (await call('GET', '/spaces')).body.spaces[0].name === 'Renamed',
  },
  'GET /v1/spaces/:space/stories/:id/publish': {
    prepare: async () => 5018,
    works: ({ body }) => body.story.published && !body.story.unpublished_changes,
  },
  'GET /v1/spaces/:space/stories/:id/unpublish': {
    prepare: async () => 5013,
    works: ({ body }) => !body.story.published,
  },
  'POST /v1/spaces/:space/components/:id/restore': {
    prepare: async () => 7001,
    works: ({ body }) => body.component.name === 'page',
  },
  'GET /v1/spaces/:space/assets/:id/finish_upload': {
    prepare: async () => 9001,
    works: ({ body }) => body.filename.endsWith('dawn-ridges.svg'),
  },
  'GET /v1/personal_access_tokens/metadata': {
    works: ({ body }) => body.available_scopes.some(({ resource }: Body) => resource === 'stories'),
  },
  'GET /v1/spaces/:space/webhook_endpoints/allowed_actions': {
    works: ({ body }) => body.allowed_actions.some(({ action }: Body) => action === 'story.published'),
  },
  'GET /v1/spaces/:space/webhook_logs': {
    prepare: logWebhook,
    works: ({ body }) => body.webhook_logs[0].status === 'failed',
  },
  'GET /v1/spaces/:space/webhook_logs/:id': {
    prepare: logWebhook,
    works: ({ body }) => body.webhook_log.kind === 'story.published',
  },
  'POST /v1/spaces/:space/releases/:id/merge': {
    prepare: async () => 8001,
    works: async (_, call) =>
      JSON.stringify((await call('GET', 'stories/5013')).body.story.content).includes('Winter issue'),
  },
  'POST /v1/spaces/:space/deployments': {
    body: { branch_id: 1 },
    prepare: async (call) => (await make(call, 'branches', { branch: { name: 'Stage' } })).branch.id,
    works: async (_, call) => (await call('GET', 'branches/1')).body.branch.deployed_at !== null,
  },
  'POST /v1/spaces/:space/workflow_stage_changes': {
    body: { workflow_stage_change: { story_id: 5014, workflow_stage_id: 1 } },
    prepare: makeStage,
    works: async (_, call) => (await call('GET', 'stories/5014')).body.story.stage.workflow_stage_id === 1,
  },
  'GET /v1/spaces/:space/tags': {
    works: ({ body }) => body.tags.some(({ name }: Body) => name === 'winter'),
  },
  'POST /v1/spaces/:space/tags': {
    body: { tag: { name: 'new', story_id: 5014 } },
    works: async (_, call) => (await call('GET', 'stories/5014')).body.story.tag_list.includes('new'),
  },
  'PUT /v1/spaces/:space/tags/:name': {
    body: { tag: { name: 'cold' } },
    prepare: async () => 'winter',
    works: async (_, call) => (await call('GET', 'stories/5028')).body.story.tag_list.includes('cold'),
  },
  'DELETE /v1/spaces/:space/tags/:name': {
    prepare: async () => 'winter',
    works: async (_, call) => !(await call('GET', 'stories/5028')).body.story.tag_list.includes('winter'),
  },
}

/** An operation by its method and path, and how to see that it works. */
export function operationCase(name: string): OperationCase {
  const collection = collectionOf(name)
  const found = operationCases[name] ?? (collection && collectionCase(name, collection))
  if (!found) throw new Error(`There is no case for ${name}.`)
  return found
}

/** What a parameter brings about: `holds` is true of the answer with it, and false of the one without. */
export interface ManagementParameter {
  value: string
  name?: string
  body?: unknown
  prepare?(call: Call, space: LocalSpace): Promise<number | string>
  holds(answer: Answered, call: Call): boolean | Promise<boolean>
}

const names = ({ body }: Answered, list: string): string[] => body[list].map((item: Body) => item.name)
const storySlugs = ({ body }: Answered): string[] => body.stories.map((story: Body) => story.full_slug)
const only =
  (...slugs: string[]) =>
  (answer: Answered): boolean =>
    storySlugs(answer).join() === slugs.join()
const everyStory =
  (holds: (story: Body) => boolean) =>
  ({ body }: Answered): boolean =>
    body.stories.length > 0 && body.stories.every(holds)

/** The parameters of a list that comes in pages; something has to be on the first one. */
const paged = (name: string): Record<string, ManagementParameter> => ({
  page: {
    value: '999',
    prepare: async (call) => (collectionOf(name) ? makeOne(call, name) : 0),
    holds: (answer) => listOf(answer).length === 0,
  },
  per_page: { value: '1', holds: ({ headers }) => headers.get('per-page') === '1' },
})

const twoComponents = async (call: Call): Promise<number> => {
  const group = await make(call, 'component_groups', { component_group: { name: 'Layout', uuid: 'layout' } })
  await make(call, 'components', { component: { name: 'banner', component_group_uuid: 'layout', schema: {} } })
  return group.component_group.id
}
const twoPresets = async (call: Call): Promise<number> => {
  for (const id of [7006, 7007]) await make(call, 'presets', { preset: { name: `For ${id}`, component_id: id } })
  return 7006
}
const twoTags = async (call: Call): Promise<number> => {
  for (const type of ['component', 'asset']) {
    await make(call, 'internal_tags', { internal_tag: { name: `of ${type}s`, object_type: type } })
  }
  return 1
}
const makeEntry = async (call: Call): Promise<number> => {
  const { datasource } = await make(call, 'datasources', { datasource: { name: 'Empty', slug: 'empty' } })
  return datasource.id
}

/** What the parameters of each operation do, by method and path; those of pages are the same everywhere. */
const parameterCases: Readonly<Record<string, Readonly<Record<string, ManagementParameter>>>> = {
  'GET /v1/spaces/:space/stories': {
    sort_by: {
      value: 'name:desc',
      holds: (answer) => names(answer, 'stories').every((name, i, all) => i === 0 || name <= (all[i - 1] ?? '')),
    },
    starts_with: { value: 'guides/', holds: everyStory((story) => story.full_slug.startsWith('guides/')) },
    by_ids: { value: '5013', holds: only('home') },
    excluding_ids: { value: '5013', holds: (answer) => !storySlugs(answer).includes('home') },
    by_uuids: { value: 'f2fb89f2-7f05-4d8e-a911-6bb2449958bc', holds: only('about') },
    by_slugs: { value: 'home', holds: only('home') },
    excluding_slugs: { value: 'ho*', holds: (answer) => !storySlugs(answer).includes('home') },
    with_tag: { value: 'winter', holds: everyStory((story) => story.tag_list.includes('winter')) },
    in_workflow_stages: {
      value: '1',
      prepare: async (call) => {
        const stage = await makeStage(call)
        const change = { story_id: 5014, workflow_stage_id: stage }
        await make(call, 'workflow_stage_changes', { workflow_stage_change: change })
        return stage
      },
      holds: only('about'),
    },
    filter_query: {
      name: 'filter_query[rock][in]',
      value: 'granite',
      holds: everyStory((story) => story.content_type === 'guide'),
    },
    folder_only: { value: 'true', holds: everyStory((story) => story.is_folder) },
    story_only: { value: 'true', holds: everyStory((story) => !story.is_folder) },
    with_parent: { value: '5002', holds: everyStory((story) => story.parent_id === 5002) },
    with_slug: { value: 'articles/small-gear', holds: only('articles/small-gear') },
    contain_component: { value: 'hero', holds: everyStory((story) => story.content_type === 'page') },
    content_type: { value: 'author', holds: everyStory((story) => story.content_type === 'author') },
    is_published: { value: 'true', holds: everyStory((story) => story.published) },
    in_release: {
      value: '8001',
      holds: (answer) => storySlugs(answer).toSorted().join() === 'articles/reading-granite,home',
    },
    search: {
      value: 'small gear',
      holds: (answer) => storySlugs(answer).includes('articles/small-gear') && !storySlugs(answer).includes('home'),
    },
    text_search: {
      value: 'larches',
      holds: (answer) =>
        storySlugs(answer).includes('articles/the-quiet-season') && !storySlugs(answer).includes('contact'),
    },
  },
  'GET /v1/spaces/:space/stories/:id/publish': {
    lang: {
      value: '[default]',
      prepare: async (call) => {
        const { story } = (await call('GET', 'stories/5013')).body
        await call('PUT', 'stories/5013', { story: { content: { ...story.content, seo_title__i18n__de: 'Neu' } } })
        return 5013
      },
      holds: ({ body }) => body.story.unpublished_changes,
    },
    release_id: { value: '8001', prepare: async () => 5018, holds: ({ body }) => !body.story.published },
  },
  'GET /v1/spaces/:space/components': {
    search: { value: 'quo', holds: (answer) => names(answer, 'components').join() === 'quote' },
    in_group: {
      value: 'layout',
      prepare: twoComponents,
      holds: (answer) => names(answer, 'components').join() === 'banner',
    },
    is_root: { value: 'true', holds: (answer) => answer.body.components.every((component: Body) => component.is_root) },
  },
  'GET /v1/spaces/:space/presets': {
    component_id: {
      value: '7007',
      prepare: twoPresets,
      holds: (answer) => names(answer, 'presets').join() === 'For 7007',
    },
  },
  'GET /v1/spaces/:space/internal_tags': {
    by_object_type: {
      value: 'asset',
      prepare: twoTags,
      holds: (answer) => names(answer, 'internal_tags').join() === 'of assets',
    },
    search: {
      value: 'component',
      prepare: twoTags,
      holds: (answer) => names(answer, 'internal_tags').join() === 'of components',
    },
  },
  'GET /v1/spaces/:space/datasources': {
    search: { value: 'EMP', prepare: makeEntry, holds: (answer) => names(answer, 'datasources').join() === 'Empty' },
    by_ids: { value: '8101', prepare: makeEntry, holds: (answer) => names(answer, 'datasources').join() === 'Rocks' },
  },
  'GET /v1/spaces/:space/datasource_entries': {
    datasource_id: { value: '8102', prepare: makeEntry, holds: ({ body }) => body.datasource_entries.length === 0 },
    datasource_slug: { value: 'empty', prepare: makeEntry, holds: ({ body }) => body.datasource_entries.length === 0 },
    dimension: {
      value: '8201',
      holds: ({ body }) => body.datasource_entries.some((entry: Body) => entry.dimension_value === 'Granit'),
    },
  },
  'PUT /v1/spaces/:space/datasource_entries/:id': {
    dimension_id: {
      value: '8201',
      body: { datasource_entry: { dimension_value: 'Urgestein' } },
      prepare: async (call) => (await call('GET', 'datasource_entries')).body.datasource_entries[0].id,
      holds: async (_, call) => {
        const { body } = await call('GET', 'datasource_entries?dimension=8201')
        return body.datasource_entries[0].dimension_value === 'Urgestein'
      },
    },
  },
  'GET /v1/spaces/:space/assets': {
    search: { value: 'RIDGES', holds: ({ body }) => body.assets.length === 1 },
    in_folder: {
      value: '1',
      prepare: async (call) => {
        await call('PUT', 'assets/9001', { asset: { asset_folder_id: 1 } })
        return 1
      },
      holds: ({ body }) => body.assets.length === 1,
    },
    is_private: {
      value: '1',
      holds: ({ body }) => body.assets.length > 0 && body.assets.every((asset: Body) => asset.is_private),
    },
  },
  'GET /v1/spaces/:space/webhook_logs': {
    webhook_endpoint_id: { value: '99', prepare: logWebhook, holds: ({ body }) => body.webhook_logs.length === 0 },
    page: { value: '2', prepare: logWebhook, holds: ({ body }) => body.webhook_logs.length === 0 },
  },
  'GET /v1/spaces/:space/workflow_stages': {
    in_workflow: { value: '99', prepare: makeStage, holds: ({ body }) => body.workflow_stages.length === 0 },
  },
  'GET /v1/spaces/:space/tags': {
    search: { value: 'win', holds: (answer) => names(answer, 'tags').every((name) => name.includes('win')) },
  },
}

/** What a parameter of an operation brings about. */
export function parameterCase(name: string, parameter: string): ManagementParameter {
  const found = parameterCases[name]?.[parameter] ?? paged(name)[parameter]
  if (!found) throw new Error(`There is no case for the parameter ${parameter}.`)
  return found
}

/** A request that is refused, and how. */
export interface RefusalCase {
  id?: number | string
  query?: string
  body?: unknown
  /** Makes what the operation needs; its id takes the place of `:id`. */
  prepare?(call: Call): Promise<unknown>
  answer: unknown
}

const notFound = ['This record could not be found']
const missing = (wrapper: string): unknown => ({ error: `param is missing or the value is empty: ${wrapper}` })

/** Refusals that are not those of every operation of a kind, by method, path and status. */
const refusalCases: Readonly<Record<string, RefusalCase>> = {
  'PUT /v1/spaces/:space 422': { answer: missing('space') },
  'GET /v1/spaces/:space/stories/:id/publish 422': { id: 5001, answer: { error: 'A folder cannot be published' } },
  'GET /v1/spaces/:space/stories/:id/unpublish 422': { id: 5001, answer: { error: 'A folder cannot be published' } },
  'POST /v1/spaces/:space/assets 422': { answer: { filename: ["can't be blank"] } },
  'POST /v1/personal_access_tokens 422': { answer: { error: "Name can't be blank" } },
  'PUT /v1/personal_access_tokens/:id 422': { id: 1, answer: { error: "Name can't be blank" } },
  'POST /v1/tokens 422': { answer: { error: "Name can't be blank" } },
  'PUT /v1/tokens/:id 422': {
    prepare: (call) => makeOne(call, 'PUT /v1/tokens/:id'),
    answer: { error: "Name can't be blank" },
  },
  'PATCH /v1/tokens/:id 422': {
    prepare: (call) => makeOne(call, 'PATCH /v1/tokens/:id'),
    answer: { error: "Name can't be blank" },
  },
  'POST /v1/spaces/:space/deployments 422': { answer: { branch_id: ["can't be blank"] } },
  'POST /v1/spaces/:space/releases/:id/merge 422': {
    id: 8001,
    prepare: (call) => call('POST', 'releases/8001/merge'),
    answer: { error: 'Has been released already' },
  },
  'POST /v1/spaces/:space/workflow_stage_changes 404': {
    body: { workflow_stage_change: { story_id: 1, workflow_stage_id: 1 } },
    prepare: makeStage,
    answer: notFound,
  },
  'POST /v1/spaces/:space/workflow_stage_changes 422': { answer: missing('workflow_stage_change') },
  'GET /v1/spaces/:space/datasource_entries 404': { query: '?datasource_id=1', answer: notFound },
  'POST /v1/spaces/:space/tags 404': { body: { tag: { name: 'new', story_id: 1 } }, answer: notFound },
  'POST /v1/spaces/:space/tags 422': { answer: missing('tag') },
  'PUT /v1/spaces/:space/tags/:name 404': { id: 'none', body: { tag: { name: 'new' } }, answer: notFound },
  'PUT /v1/spaces/:space/tags/:name 422': { id: 'winter', answer: missing('tag') },
  'DELETE /v1/spaces/:space/tags/:name 404': { id: 'none', answer: notFound },
}

/** How an operation refuses with a status; `undefined` where only another space's id is refused so. */
export function refusalCase(name: string, status: number): RefusalCase | undefined {
  const found = refusalCases[`${name} ${status}`]
  if (found) return found
  if (status === 404) return name.includes('/:id') ? { id: 999_999_999, answer: notFound } : undefined
  const wrapper = collectionOf(name)?.wrapper
  if (wrapper === undefined) throw new Error(`There is no case for ${name} ${status}.`)
  return { ...(name.endsWith(':id') && { prepare: (call) => makeOne(call, name) }), answer: missing(wrapper) }
}

/** The names that cases are described for; each is to be an operation's. */
export const describedNames: readonly string[] = [
  ...Object.keys(operationCases),
  ...Object.keys(parameterCases),
  ...Object.keys(refusalCases).map((name) => name.replace(/ \d+$/, '')),
]

/** The parameters that an operation has cases for. */
export const describedParameters = (name: string): string[] => Object.keys(parameterCases[name] ?? {})
