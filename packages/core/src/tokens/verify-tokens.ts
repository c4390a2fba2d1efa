import { Delivery } from '../delivery/delivery.js'
import type { DeliveryOptions } from '../delivery/delivery.js'
import { KeyblokError } from '../errors.js'
import type { Access, Version } from './access.js'
import type { Secret } from './secret.js'
import type { Settings } from './settings.js'

/**
 * Asks the API whether each token is what its variable says: a public token reads no drafts, a preview token does, all
 * are of the configured space. For the start of a server or a build, not for requests.
 *
 * @param settings - What was configured.
 * @param options - How to reach the API.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` naming every token that is not what it should be; what a read throws
 * when the API cannot be asked.
 *
 * @example
 * ```ts
 * import { parseSettings } from '@keyblok/core/server'
 * import { verifyTokens } from '@keyblok/core/verify'
 *
 * await verifyTokens(parseSettings((name) => process.env[name]))
 * ```
 */
export async function verifyTokens(
  settings: Settings,
  options: Partial<Omit<DeliveryOptions, 'apiOrigin'>> = {},
): Promise<void> {
  const verifier = new Verifier(settings, options)
  const { tokens } = settings
  const problems = await Promise.all([
    tokens.public && verifier.public(tokens.public),
    ...tokens.preview.map((token) => verifier.preview(token)),
    tokens.asset && verifier.asset(tokens.asset),
    ...tokens.releases.map(({ release, token }) => verifier.release(release, token)),
  ])
  const found = problems.filter((problem) => problem !== null)
  if (found.length === 0) return
  throw new KeyblokError('KB_CONFIGURATION_INVALID', `\n${found.map((problem) => `  - ${problem}`).join('\n')}`)
}

const refused =
  'is refused: it is wrong, revoked, or of a space in another region than the one asked (STORYBLOK_SPACE_ID or STORYBLOK_REGION).'

class Verifier {
  readonly #delivery: Delivery
  readonly #spaceId: number | null

  constructor({ apiOrigin, spaceId }: Settings, options: Partial<DeliveryOptions>) {
    this.#delivery = new Delivery({ ...options, apiOrigin })
    this.#spaceId = spaceId
  }

  async public(token: Secret): Promise<string | null> {
    if (await this.#reads(token, 'draft')) {
      return 'The public token reads drafts, so it is a preview token in the wrong variable.'
    }
    if (!(await this.#reads(token, 'published'))) return `The public token ${refused}`
    return this.#isOfSpace(token, 'published')
  }

  async preview(token: Secret): Promise<string | null> {
    if (await this.#reads(token, 'draft')) return this.#isOfSpace(token, 'draft')
    if (await this.#reads(token, 'published')) return 'A preview token reads no drafts, so it is a public token.'
    return `A preview token ${refused}`
  }

  /** An asset that is not there tells an asset token from any other. */
  async asset(token: Secret): Promise<string | null> {
    const access: Access = { version: 'published', token, reason: '' }
    const isAsset = await this.#isAccepted(() => this.#delivery.asset(access, 'https://a.storyblok.com/f/0/none'))
    return isAsset ? null : 'The asset token opens no private assets: it is wrong, revoked or of another kind.'
  }

  async release(release: string, token: Secret): Promise<string | null> {
    const access: Access = { version: 'published', token, release, reason: '' }
    const isRelease = await this.#isAccepted(() => this.#delivery.stories(access, { perPage: 1 }))
    return isRelease ? null : `The release token of ${release} may not read that release.`
  }

  #reads(token: Secret, version: Version): Promise<boolean> {
    return this.#isAccepted(() => this.#delivery.stories({ version, token, reason: '' }, { perPage: 1 }))
  }

  async #isOfSpace(token: Secret, version: Version): Promise<string | null> {
    if (this.#spaceId === null) return null
    const { id } = await this.#delivery.space({ version, token, reason: '' })
    return id === this.#spaceId
      ? null
      : `The ${token.kind} token is of space ${id}, and ${this.#spaceId} is configured.`
  }

  async #isAccepted(read: () => Promise<unknown>): Promise<boolean> {
    try {
      await read()
      return true
    } catch (error) {
      const refusals = ['KB_TOKEN_REFUSED', 'KB_RELEASE_REFUSED', 'KB_UPSTREAM_INVALID']
      if (error instanceof KeyblokError && refusals.includes(error.code)) return false
      throw error
    }
  }
}
