import { leftOut } from '../check.js'
import type { Check, CheckResult, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { configuredSpaces, nameVariable } from '../spaces.js'
import type { ConfiguredSpace } from '../spaces.js'
import { TokenAsker } from '../token-asker.js'
import type { Known, Origins, Token } from '../token-asker.js'

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
      if (tokens.length === 0) return leftOut('No delivery token is set, so none was asked about.')
      const asker = new TokenAsker(origins, context.signal)
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
