import { KeyblokError } from '@keyblok/core'
import { regionOrigins } from '@keyblok/core/management'
import type { Region } from '@keyblok/core/management'
import { Delivery } from '@keyblok/core/server'
import type { Check, CheckResult, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { identifyToken } from '../identify-token.js'
import type { Claimed, Identity } from '../identify-token.js'
import { configuredSpaces, nameVariable } from '../spaces.js'
import type { ConfiguredSpace } from '../spaces.js'

/** The delivery API of each region. */
export type Origins = Readonly<Partial<Record<Region, string>>>

/** Which regions are asked about a token that its own does not know. China's only where somebody wants that. */
export function originsToAsk({ china }: { china: boolean }): Origins {
  const { cn, ...others } = regionOrigins
  return china ? { ...others, cn } : others
}

/** What is known of one token of the environment. */
interface Token extends Claimed {
  variable: string
  space: ConfiguredSpace
}

type Known = Identity | 'unknown' | { region: Region } | { failure: string }

/**
 * Asks the API what each delivery token is.
 *
 * @param origins - Where a token may be known that its own region does not know.
 */
export function tokensCheck(origins: Origins): Check {
  return {
    title: 'Tokens',
    async run(context) {
      const tokens = configuredSpaces(context.env).flatMap(listTokens)
      if (tokens.length === 0) return { findings: [], said: 'No delivery token is set, so none was asked about.' }
      const asker = new Asker(origins, context.signal)
      const known = await Promise.all(tokens.map((token) => asker.ask(token)))
      return judge(tokens, known, context)
    },
  }
}

function listTokens(space: ConfiguredSpace): Token[] {
  const { prefix, settings } = space
  const { tokens } = settings
  const name = (kind: string): string => `${prefix}_${kind}_TOKEN`
  return [
    ...(tokens.public ? [{ kind: 'public' as const, token: tokens.public, variable: name('PUBLIC'), space }] : []),
    ...tokens.preview.map((token) => ({ kind: 'preview' as const, token, variable: name('PREVIEW'), space })),
    ...(tokens.asset ? [{ kind: 'asset' as const, token: tokens.asset, variable: name('ASSET'), space }] : []),
    ...tokens.releases.map(({ token, release }) => ({
      kind: 'release' as const,
      token,
      release,
      variable: name('RELEASE'),
      space,
    })),
  ]
}

class Asker {
  readonly #deliveries = new Map<string, Delivery>()
  readonly #origins: Origins
  readonly #signal: AbortSignal

  constructor(origins: Origins, signal: AbortSignal) {
    this.#origins = origins
    this.#signal = signal
  }

  async ask(token: Token): Promise<Known> {
    const { apiOrigin } = token.space.settings
    try {
      const own = await this.#identify(apiOrigin, token)
      return own ?? (await this.#askOthers(apiOrigin, token)) ?? 'unknown'
    } catch (error) {
      if (!(error instanceof KeyblokError) || error.code === 'KB_ABORTED') throw error
      return { failure: `${new URL(apiOrigin).host} could not be asked (${error.code}).` }
    }
  }

  /** A local space is in no region. */
  async #askOthers(own: string, token: Token): Promise<{ region: Region } | undefined> {
    const known = Object.entries({ ...regionOrigins, ...this.#origins }).map(([, origin]) => origin)
    if (!known.includes(own)) return undefined
    const others = Object.entries(this.#origins).filter(([, origin]) => origin !== own) as [Region, string][]
    const found = await Promise.all(
      others.map(async ([region, origin]) => ((await this.#tryIdentify(origin, token)) ? [{ region }] : [])),
    )
    return found.flat()[0]
  }

  /** A region that cannot be reached knows nothing of the token. */
  async #tryIdentify(origin: string, token: Token): Promise<Identity | null> {
    try {
      return await this.#identify(origin, token)
    } catch (error) {
      if (!(error instanceof KeyblokError) || error.code === 'KB_ABORTED') throw error
      return null
    }
  }

  #identify(origin: string, token: Token): Promise<Identity | null> {
    const delivery = this.#deliveries.get(origin) ?? new Delivery({ apiOrigin: origin, attempts: 2 })
    this.#deliveries.set(origin, delivery)
    return identifyToken(delivery, token, this.#signal)
  }
}

function judge(tokens: readonly Token[], known: readonly Known[], context: DoctorContext): CheckResult {
  const findings = [
    ...findSwapped(tokens, known),
    ...tokens.flatMap((token, index) => judgeOne(token, known[index] ?? 'unknown', context)),
  ]
  const swapped = findings.some(({ id }) => id === 'tokens-swapped')
  const count = tokens.length === 1 ? 'One token' : `${tokens.length} tokens`
  return {
    // That each is of the other’s kind goes without saying.
    findings: swapped ? findings.filter(({ id }) => id !== 'token-wrong-kind') : findings,
    said: `${count} tried at ${[...new Set(tokens.map(({ space }) => new URL(space.settings.apiOrigin).host))].join(', ')}: kind, region and space.`,
  }
}

function judgeOne({ kind, variable, release, space }: Token, known: Known, { variables }: DoctorContext): Finding[] {
  const where = nameVariable(variables, variable)
  if (known === 'unknown') {
    if (kind === 'release') return [finding('release-refused', `It may not read the release ${release}.`, where)]
    return [finding('token-unknown', 'No region that was asked knows the token.', where)]
  }
  if ('failure' in known) return [finding('not-asked', known.failure, where)]
  if ('region' in known) {
    const host = new URL(space.settings.apiOrigin).host
    return [finding('token-other-region', `It is of the region ${known.region}, and ${host} is asked.`, where)]
  }
  const found: Finding[] = []
  // A preview token reads every release.
  if (known.kind !== kind) found.push(finding('token-wrong-kind', `It holds ${an[known.kind]} token.`, where))
  const { spaceId } = space.settings
  if (known.spaceId !== undefined && spaceId !== null && known.spaceId !== spaceId) {
    found.push(
      finding('token-other-space', `It is of the space ${known.spaceId}, and ${spaceId} is configured.`, where),
    )
  }
  return found
}

const an = { public: 'a public', preview: 'a preview', asset: 'an asset', release: 'a release' } as const

function findSwapped(tokens: readonly Token[], known: readonly Known[]): Finding[] {
  const isOther = (index: number, kind: string): boolean => {
    const identity = known[index]
    return typeof identity === 'object' && 'kind' in identity && identity.kind === kind
  }
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'public' || !isOther(index, 'preview')) return []
    const partner = tokens.findIndex(
      ({ kind, space }, other) => kind === 'preview' && space === token.space && isOther(other, 'public'),
    )
    const { prefix } = token.space
    const what = `${prefix}_PUBLIC_TOKEN holds a preview token, and ${prefix}_PREVIEW_TOKEN a public one.`
    return partner === -1 ? [] : [finding('tokens-swapped', what)]
  })
}
