import type { Space, Story as ReadStory } from '@keyblok/core'
import { readBlokData, readsDrafts } from '@keyblok/core/server'
import type { Storyblok } from '@keyblok/core/server'
import blokData from 'virtual:keyblok/blok-data'
import { building } from 'virtual:keyblok/kit'
import options from 'virtual:keyblok/options'
import { site } from '../site.js'
import { previewField, previewOf } from '../live/story-preview.js'
import type { PageData } from '../stories.js'
import { findDataBloks } from './find-data-bloks.js'
import { pageData } from './page-data.js'
import type { BlokResult, BlokResults } from './page-data.js'

/** What is read of a load's event. */
export interface PageEvent {
  locals: { storyblok: Storyblok }
  url: URL
}

/**
 * Makes what a reader gave into what a page is sent, with what its bloks read.
 *
 * @param language - The language of the page, where it is not the request's.
 */
export async function readPage<Value>(
  { locals: { storyblok }, url }: PageEvent,
  value: Value,
  space: Space,
  language: string | undefined = storyblok.language,
): Promise<PageData<Value>> {
  const bloks = typeof value === 'object' && value !== null ? findDataBloks(blokData, value) : []
  const results = bloks.length > 0 ? await readAll(bloks, storyblok, url) : undefined
  const richText = { ...options.richText, space: site.routed(space), language }
  const page = pageData(value, { richText, building }, results)
  const preview = isStory(value) && (await previewOf(storyblok, value, { url, space, language }))
  return preview ? { ...page, [previewField]: preview } : page
}

/** A story, of what a load can return. */
function isStory(value: unknown): value is ReadStory {
  return typeof value === 'object' && value !== null && 'uuid' in value && 'content' in value
}

/** Each function runs once a blok, all of them at the same time. */
async function readAll(bloks: readonly object[], storyblok: Storyblok, url: URL): Promise<BlokResults> {
  const read = async (blok: object): Promise<[object, BlokResult]> => {
    const result = await readBlokData(blokData, blok, { storyblok, url }, building)
    if ('data' in result) return [blok, result]
    return [blok, { failed: readsDrafts(storyblok) ? result.error.report : '' }]
  }
  return new Map(await Promise.all(bloks.map(read)))
}
