import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { getAsset } from './get-asset.js'
import { getSpace } from './get-space.js'
import { getStory } from './get-story.js'
import { listDatasourceEntries } from './list-datasource-entries.js'
import { getDatasource, listDatasources } from './list-datasources.js'
import { listExperiments } from './list-experiments.js'
import { getLink, listLinks } from './list-links.js'
import { listStories } from './list-stories.js'
import { listTags } from './list-tags.js'
import { assertParameters, storiesParameters, storyParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'

/** One endpoint of the Content Delivery API. */
export interface DeliveryOperation {
  /** The path behind `/v2/cdn/`; one that ends with `/:identifier` takes the rest of the path. */
  path: string
  /** What it takes beside `token`; those with brackets by their root. */
  parameters: readonly string[]
  /** Whether it refuses other parameters. */
  isStrict?: boolean
  /** Whether what is published is read under a cache version. */
  isVersioned?: boolean
  /** Whether it is there for asset tokens, and for no others. */
  isForAssets?: boolean
  /** The statuses of its errors, beside those that every endpoint has. */
  errors: readonly number[]
  run(request: DeliveryRequest, identifier: string): Answer
}

/** Every endpoint of the Content Delivery API that the local space has. */
export const deliveryOperations: readonly DeliveryOperation[] = [
  {
    path: 'stories',
    parameters: storiesParameters,
    isStrict: true,
    isVersioned: true,
    errors: [403, 404, 422],
    run: listStories,
  },
  {
    path: 'stories/:identifier',
    parameters: storyParameters,
    isStrict: true,
    isVersioned: true,
    errors: [403, 404, 422],
    run: getStory,
  },
  {
    path: 'links',
    parameters: [
      'version',
      'cv',
      'starts_with',
      'include_dates',
      'by_uuid',
      'with_parent',
      'paginated',
      'page',
      'per_page',
    ],
    isVersioned: true,
    errors: [],
    run: listLinks,
  },
  {
    path: 'links/:identifier',
    parameters: ['cv', 'include_dates'],
    isVersioned: true,
    errors: [404],
    run: getLink,
  },
  {
    path: 'datasources',
    parameters: ['version', 'cv', 'search', 'by_ids', 'page', 'per_page'],
    isVersioned: true,
    errors: [],
    run: listDatasources,
  },
  {
    path: 'datasources/:identifier',
    parameters: ['version', 'cv'],
    isVersioned: true,
    errors: [404],
    run: getDatasource,
  },
  {
    path: 'datasource_entries',
    parameters: ['version', 'cv', 'datasource', 'dimension', 'page', 'per_page'],
    isVersioned: true,
    errors: [404],
    run: listDatasourceEntries,
  },
  {
    path: 'tags',
    parameters: ['version', 'cv', 'starts_with', 'filter_query', 'all_tags'],
    isVersioned: true,
    errors: [422],
    run: listTags,
  },
  { path: 'spaces/me', parameters: ['version'], errors: [], run: getSpace },
  { path: 'assets/me', parameters: ['filename'], isForAssets: true, errors: [404], run: getAsset },
  { path: 'experiments', parameters: ['cv'], isVersioned: true, errors: [], run: listExperiments },
]

/** What the paths of the Content Delivery API begin with. */
export const deliveryBase = '/v2/cdn/'
const rest = '/:identifier'

/** An endpoint that a path names, and the rest of the path. */
export interface FoundOperation {
  operation: DeliveryOperation
  identifier: string
}

/** Finds the endpoint of a URL's path; Storyblok accepts a trailing slash everywhere. */
export function findOperation(pathname: string): FoundOperation | undefined {
  if (!pathname.startsWith(deliveryBase)) return undefined
  const path = pathname.slice(deliveryBase.length).replace(/\/$/, '')
  const operation =
    deliveryOperations.find((candidate) => candidate.path === path) ??
    deliveryOperations.find(({ path: pattern }) => pattern.endsWith(rest) && path.startsWith(prefixOf(pattern)))
  return operation && { operation, identifier: path.slice(prefixOf(operation.path).length) }
}

/** Answers a request whose token was accepted. */
export function operate(request: DeliveryRequest, found: FoundOperation | undefined): Answer {
  if (!found) throw notFound()
  const { operation, identifier } = found
  if (operation.isStrict) assertParameters(request.query, operation.parameters)
  const redirect = operation.isVersioned ? redirectToCacheVersion(request) : undefined
  if (redirect) return redirect
  return operation.run(request, decodeIdentifier(identifier))
}

function prefixOf(pattern: string): string {
  return pattern.slice(0, -rest.length + 1)
}

function decodeIdentifier(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw notFound()
  }
}
