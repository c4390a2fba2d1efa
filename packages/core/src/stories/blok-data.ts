import { KeyblokError } from '../errors.js'
import type { Storyblok } from './reader.js'
import type { BlokName, BlokOf } from './types.js'

/** What a function of blok data gets. */
export interface BlokDataContext<Component extends BlokName = BlokName> {
  /** The blok that is shown. */
  blok: BlokOf<Component>
  /** Reads with the access of the request. */
  storyblok: Storyblok
  /** The address of the page. While a page is prerendered it has no query. */
  url: URL
}

/** Functions that read what bloks show beside their own fields, by component. */
export type BlokDataFunctions = {
  readonly [Component in BlokName]?: (context: BlokDataContext<Component>) => unknown
}

/** What a blok's function gave, or how it failed. */
export type BlokDataResult = { data: unknown } | { error: KeyblokError }

type AnyBlok = BlokOf<BlokName>

/** Gives the function of a blok's component, if there is one. */
export function blokDataFunction(
  functions: BlokDataFunctions,
  blok: unknown,
): ((context: BlokDataContext) => unknown) | undefined {
  const component = (blok as { component?: unknown } | null | undefined)?.component
  if (typeof component !== 'string' || !Object.hasOwn(functions, component)) return undefined
  return functions[component as BlokName] as (context: BlokDataContext) => unknown
}

/**
 * Reads a blok's data. A function that fails is the blok's error, not the page's; the log has it.
 *
 * @param blok - A blok whose component has a function.
 * @param rethrow - Whether to throw what fails, such as in a build, where nothing may be missing.
 */
export async function readBlokData(
  functions: BlokDataFunctions,
  blok: unknown,
  context: Omit<BlokDataContext, 'blok'>,
  rethrow: boolean,
): Promise<BlokDataResult> {
  const { component, _uid: uid = 'without _uid' } = blok as { component: string; _uid?: string }
  try {
    return { data: await blokDataFunction(functions, blok)?.({ ...context, blok: blok as AnyBlok }) }
  } catch (cause) {
    const place = `the data of the blok “${component}” (${uid})`
    if (rethrow) throw cause instanceof KeyblokError ? cause.at(place) : cause
    const error = new KeyblokError(
      'KB_BLOK_DATA_FAILED',
      `${place[0]?.toUpperCase()}${place.slice(1)} could not be read.`,
      { cause },
    )
    // What is shown without it is no page to keep.
    context.storyblok.journal.failed = true
    console.error(error.report, cause)
    return { error }
  }
}
