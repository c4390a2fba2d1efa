/**
 * The Content Delivery API as Storyblok documents it: its endpoints, and what they take beside `token`.
 *
 * From the reference of the Content Delivery API, version 2, and the types that Storyblok generates from its
 * specification. It is written down apart from the operations, so that one that lacks a parameter is found.
 */
export const documentedDelivery: Readonly<Record<string, readonly string[]>> = {
  'GET /v2/cdn/stories': words(`
    version cv starts_with by_slugs excluding_slugs by_uuids by_uuids_ordered by_ids excluding_ids
    content_type level is_startpage with_tag search_term in_workflow_stages published_at_gt
    published_at_gte published_at_lt published_at_lte first_published_at_gt first_published_at_gte
    first_published_at_lt first_published_at_lte updated_at_gt updated_at_gte updated_at_lt
    updated_at_lte sort_by page per_page resolve_relations resolve_level resolve_links
    resolve_links_level resolve_assets from_release language fallback_lang excluding_fields filter_query
    only_variants
  `),
  'GET /v2/cdn/stories/:identifier': words(`
    find_by version resolve_links resolve_links_level resolve_relations from_release content_type cv
    excluding_fields language fallback_lang resolve_assets resolve_level
  `),
  'GET /v2/cdn/links': words(`
    starts_with version cv include_dates by_uuid with_parent paginated page per_page
  `),
  'GET /v2/cdn/links/:identifier': words('cv include_dates'),
  'GET /v2/cdn/datasources': words('version cv search by_ids page per_page'),
  'GET /v2/cdn/datasources/:identifier': words('version cv'),
  'GET /v2/cdn/datasource_entries': words('datasource dimension cv page per_page'),
  'GET /v2/cdn/tags': words('starts_with version filter_query all_tags'),
  'GET /v2/cdn/spaces/me': words('version'),
  'GET /v2/cdn/assets/me': words('filename'),
  'GET /v2/cdn/experiments': words('cv'),
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

const space = '/v1/spaces/:space'
const crud = ['GET', 'POST', 'GET :id', 'PUT :id', 'DELETE :id']

/** The operations of the Management API that Storyblok documents for what a local space has, by their path. */
const documentedPaths: Readonly<Record<string, readonly string[]>> = {
  '/v1/users/me': ['GET'],
  '/v1/spaces': ['GET', 'GET :space', 'PUT :space'],
  '/v1/personal_access_tokens': ['GET', 'GET metadata', 'POST', 'PUT :id', 'DELETE :id'],
  '/v1/tokens': ['GET', 'POST', 'PUT :id', 'PATCH :id', 'DELETE :id'],
  [`${space}/stories`]: [...crud, 'GET :id/publish', 'GET :id/unpublish'],
  [`${space}/components`]: [...crud, 'POST :id/restore'],
  [`${space}/component_groups`]: crud,
  [`${space}/presets`]: crud,
  [`${space}/internal_tags`]: crud,
  [`${space}/datasources`]: crud,
  [`${space}/datasource_entries`]: crud,
  [`${space}/assets`]: [...crud, 'GET :id/finish_upload'],
  [`${space}/asset_folders`]: crud,
  [`${space}/api_keys`]: ['GET', 'POST', 'PUT :id', 'DELETE :id'],
  [`${space}/webhook_endpoints`]: [...crud, 'GET allowed_actions'],
  [`${space}/webhook_logs`]: ['GET', 'GET :id'],
  [`${space}/releases`]: crud,
  [`${space}/branches`]: crud,
  [`${space}/deployments`]: ['POST'],
  [`${space}/workflows`]: crud,
  [`${space}/workflow_stages`]: crud,
  [`${space}/workflow_stage_changes`]: ['POST'],
  [`${space}/tags`]: ['GET', 'POST', 'PUT :name', 'DELETE :name'],
}

/** The same as methods with whole paths. */
export const documentedManagement: readonly string[] = Object.entries(documentedPaths).flatMap(([path, operations]) =>
  operations.map((operation) => {
    const [method = '', rest] = operation.split(' ')
    return `${method} ${path}${rest === undefined ? '' : `/${rest}`}`
  }),
)
