import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import { getAsset } from './get-asset.js'
import { getSpace } from './get-space.js'
import { getStory } from './get-story.js'
import { listDatasourceEntries } from './list-datasource-entries.js'
import { getDatasource, listDatasources } from './list-datasources.js'
import { listExperiments } from './list-experiments.js'
import { getLink, listLinks } from './list-links.js'
import { listStories } from './list-stories.js'
import { listTags } from './list-tags.js'
import type { DeliveryRequest } from './request.js'

/** The endpoints of lists and of what there is one of. */
const operations: Record<string, (request: DeliveryRequest) => Answer> = {
  '/v2/cdn/stories': listStories,
  '/v2/cdn/links': listLinks,
  '/v2/cdn/spaces/me': getSpace,
  '/v2/cdn/tags': listTags,
  '/v2/cdn/datasources': listDatasources,
  '/v2/cdn/datasource_entries': listDatasourceEntries,
  '/v2/cdn/assets/me': getAsset,
  '/v2/cdn/experiments': listExperiments,
}

/** The endpoints of one record, whose identifier is the rest of the path. */
const recordOperations: Record<string, (request: DeliveryRequest, identifier: string) => Answer> = {
  '/v2/cdn/stories/': getStory,
  '/v2/cdn/links/': getLink,
  '/v2/cdn/datasources/': getDatasource,
}

/** Answers a request by its path; Storyblok accepts a trailing slash everywhere. */
export function operate(request: DeliveryRequest): Answer {
  const path = request.url.pathname.replace(/\/$/, '')
  const operation = Object.hasOwn(operations, path) ? operations[path] : undefined
  if (operation) return operation(request)
  const [prefix, getRecord] = Object.entries(recordOperations).find(([start]) => path.startsWith(start)) ?? []
  if (!prefix || !getRecord) throw notFound()
  return getRecord(request, decodeIdentifier(path.slice(prefix.length)))
}

function decodeIdentifier(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw notFound()
  }
}
