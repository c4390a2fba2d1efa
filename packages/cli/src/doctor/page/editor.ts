import { regionOrigins } from '@keyblok/core/management'
import type { Secret } from '@keyblok/core/server'
import type { DoctorContext } from '../check.js'
import { configuredSpaces } from '../spaces.js'

/** What the editor signs with, and where it is. */
export interface Editor {
  spaceId: number
  token: Secret
  /** The editor’s own origin. */
  origin: URL
}

/** Finds the editor of the environment’s space; or says what is missing. */
export function findEditor({ env }: Pick<DoctorContext, 'env'>): Editor | string {
  const space = configuredSpaces(env).find(({ prefix }) => prefix === 'STORYBLOK')
  const { spaceId, apiOrigin, tokens } = space?.settings ?? {}
  const token = tokens?.preview[0]
  if (!spaceId || !token || apiOrigin === undefined) {
    return 'It needs STORYBLOK_SPACE_ID and STORYBLOK_PREVIEW_TOKEN.'
  }
  return { spaceId, token, origin: new URL(originOf(apiOrigin)) }
}

/** A local space’s editor is where its API is, by the name that browsers take for another site. */
function originOf(apiOrigin: string): string {
  if (apiOrigin === regionOrigins.cn) return 'https://app.storyblokchina.cn'
  if (Object.values<string>(regionOrigins).includes(apiOrigin)) return 'https://app.storyblok.com'
  return new URL(apiOrigin).origin.replace('//127.0.0.1', '//localhost')
}
