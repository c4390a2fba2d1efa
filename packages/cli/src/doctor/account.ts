import { KeyblokError } from '@keyblok/core'
import { Management, managementUrl } from '@keyblok/core/management'
import type { Json } from '@keyblok/core/management'
import { Secret } from '@keyblok/core/server'

import type { Variables } from '../environment/env-files.js'
import { isForeignAddress } from '../storyblok/connect.js'

type Env = Readonly<Record<string, string | undefined>>

/** What the Management API told, or why it told nothing, as a full sentence. */
export type Told = { body: Json } | { missing: string; status?: number }

/** A place where the space says that its site runs. */
export interface PreviewPlace {
  name: string
  location: string
}

const retry = { attempts: 2, timeout: 5_000, deadline: 10_000 }
const variable = 'STORYBLOK_PERSONAL_ACCESS_TOKEN'

/** Reads the Management API with the personal access token of the environment, each thing once. */
export class Account {
  /** The token; `null` where there is none. */
  readonly token: Secret | null
  /** The configured space, as a path of the API; `null` where it is not known. */
  readonly space: string | null
  readonly #management: Management | null
  readonly #problem: string
  readonly #told = new Map<string, Promise<Told>>()

  constructor(env: Env, variables: Variables, signal: AbortSignal) {
    const value = env[variable]?.trim()
    const spaceId = env['STORYBLOK_SPACE_ID']?.trim() ?? ''
    this.token = value ? new Secret(value, 'personal') : null
    this.space = /^[1-9]\d{0,15}$/.test(spaceId) ? `spaces/${spaceId}` : null
    try {
      const url = managementUrl((name) => env[name])
      const isForeign = isForeignAddress(url, variables)
      this.#management = this.token && !isForeign ? new Management({ url, token: this.token, retry, signal }) : null
      this.#problem = isForeign
        ? `A file of this project names ${new URL(url).host} as the API, and the personal access token is not of a file: it is not sent there.`
        : `${variable} is not set.`
    } catch (error) {
      if (!(error instanceof KeyblokError)) throw error
      this.#management = null
      this.#problem = 'STORYBLOK_API_URL cannot be used.'
    }
  }

  /**
   * Reads something.
   *
   * @param scope - The scope that it needs, for what is said where it is missing.
   * @throws {KeyblokError} `KB_ABORTED`.
   */
  read(path: string, scope?: string): Promise<Told> {
    const known = this.#told.get(path) ?? this.#ask(path, scope)
    this.#told.set(path, known)
    return known
  }

  /** Reads something of the configured space; an empty path is the space itself. */
  readSpace(path: string, scope: string): Promise<Told> {
    if (this.space === null) return Promise.resolve({ missing: 'STORYBLOK_SPACE_ID is not set.' })
    return this.read(path === '' ? this.space : `${this.space}/${path}`, scope)
  }

  /** The addresses at which the space says that its site runs, the default one first; or why they are not known. */
  async places(): Promise<PreviewPlace[] | string> {
    const told = await this.readSpace('', 'spaces:read')
    if ('missing' in told) return told.missing
    const { domain, environments } = (told.body['space'] ?? {}) as { domain?: unknown; environments?: unknown }
    const others = (Array.isArray(environments) ? environments : []) as Partial<PreviewPlace>[]
    const all = [{ name: 'Default', location: domain }, ...others]
    return all.flatMap(({ name, location }) =>
      typeof location === 'string' && location.trim() !== '' ? [{ name: String(name), location: location.trim() }] : [],
    )
  }

  async #ask(path: string, scope: string | undefined): Promise<Told> {
    if (!this.#management) return { missing: this.#problem }
    try {
      return { body: await this.#management.get({ path, scope }) }
    } catch (error) {
      if (!(error instanceof KeyblokError) || error.code === 'KB_ABORTED') throw error
      return { missing: reasonOf(error, scope), ...(error.status !== undefined && { status: error.status }) }
    }
  }
}

function reasonOf({ status, unavailable }: KeyblokError, scope: string | undefined): string {
  if (status === 401) return 'The personal access token is refused.'
  if (status === 403)
    return `The personal access token may not do it${scope === undefined ? '' : `: it needs ${scope}`}.`
  if (status === 404) return 'The personal access token does not open the space, or there is none of that id.'
  return unavailable ? 'The Management API cannot be reached.' : `The Management API answered ${status}.`
}
