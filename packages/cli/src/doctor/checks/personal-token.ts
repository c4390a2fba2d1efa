import type { Json } from '@keyblok/core/management'
import type { Account, Told } from '../account.js'
import { leftOut } from '../check.js'
import type { Check, CheckResult, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { isSameToken, readPersonalTokens } from '../../storyblok/personal-tokens.js'
import type { PersonalToken } from '../../storyblok/personal-tokens.js'
import { nameVariable } from '../spaces.js'

const variable = 'STORYBLOK_PERSONAL_ACCESS_TOKEN'

/** Looks at what the personal access token may do, and for how long. */
export const personalTokenCheck: Check = {
  title: 'Personal access token',
  async run(context) {
    const { account, variables } = context
    if (!account.token) return leftOut(`${variable} is not set, so there is none to look at.`)
    const [me, list, spaces] = await Promise.all([
      account.read('users/me'),
      account.read('personal_access_tokens'),
      account.read('spaces', 'spaces:read'),
    ])
    const where = nameVariable(variables, variable)
    if ('missing' in me) {
      if (me.status !== 401) return { findings: [finding('not-asked', me.missing, where)], said: me.missing }
      return { findings: [finding('personal-token-refused', 'It is refused.', where)], said: 'It is refused.' }
    }
    const judged = 'body' in list ? judgeListed(list.body, context, where) : await judgeScoped(context, where)
    const form = account.token.reveal().startsWith('sb_pat_')
      ? []
      : [finding('personal-token-legacy', 'It is from before there were scopes.', where)]
    return { findings: [...form, ...judged.findings, ...findSpaces(spaces, where)], said: judged.said }
  },
}

/** A token that may list tokens may do all that its user may. */
function judgeListed(body: Json, { account }: DoctorContext, where: string): CheckResult {
  const listed = readPersonalTokens(body).filter(({ revokedAt }) => revokedAt === null)
  const own = findOwn(listed, account)
  const others = listed.filter((token) => token.isLegacy && token !== own)
  const legacy = others.map(({ name }) =>
    finding('personal-token-legacy', `The account has a token “${name}” from before there were scopes.`),
  )
  const count = listed.length === 1 ? 'one personal access token' : `${listed.length} personal access tokens`
  if (!own) return { findings: legacy, said: `The account has ${count}; this one is not told from the others.` }
  return {
    findings: [...judgeOwn(own, where), ...legacy],
    said: `It is “${own.name}”; the account has ${count}. Looked at: rights, spaces and expiry.`,
  }
}

/** Of a token that is listed, the last characters are shown; they may not tell it from another. */
function findOwn(listed: readonly PersonalToken[], { token }: Account): PersonalToken | undefined {
  const found = listed.filter((one) => isSameToken(one, token?.reveal() ?? ''))
  return found.length === 1 ? found[0] : undefined
}

const day = 86_400_000
const soon = 14 * day

function judgeOwn({ scopes, hasFullPermission, expiresAt, isLegacy }: PersonalToken, where: string): Finding[] {
  const found: Finding[] = []
  if (hasFullPermission) found.push(finding('personal-token-full', 'It has full permission.', where))
  const needless = scopes.filter((scope) => !needed.has(scope))
  if (needless.length > 0) found.push(finding('personal-token-scopes', `It may ${needless.join(', ')}.`, where))
  // When tokens of before end is known to all.
  if (isLegacy) return found
  if (expiresAt === null) return [...found, finding('personal-token-endless', 'It does not expire.', where)]
  const left = Date.parse(expiresAt) - Date.now()
  if (left >= soon) return found
  const days = Math.max(0, Math.ceil(left / day))
  const when = `It expires on ${expiresAt.slice(0, 10)}, in ${days} day${days === 1 ? '' : 's'}.`
  return [...found, finding('personal-token-expires', when, where)]
}

/** What some command of Keyblok needs. */
const needed: ReadonlySet<string> = new Set([
  ...['asset_folders', 'assets', 'components', 'datasource_entries', 'datasources', 'releases', 'spaces'].map(read),
  ...['stories', 'tags', 'webhooks'].map(read),
  'spaces:write',
])

function read(resource: string): string {
  return `${resource}:read`
}

/** Reads by which the rights of a token show that may not list itself; none of them changes anything. */
const probes = [
  { scope: 'components:read', path: 'components' },
  { scope: 'datasources:read', path: 'datasources' },
  { scope: 'spaces:read', path: '' },
  { scope: 'stories:read', path: 'stories?per_page=1' },
  { scope: 'users:read', path: 'collaborators' },
  { scope: 'webhooks:read', path: 'webhook_endpoints' },
  { scope: 'workflows:read', path: 'workflows' },
] as const

async function judgeScoped({ account }: DoctorContext, where: string): Promise<CheckResult> {
  const told = await Promise.all(probes.map(({ scope, path }) => account.readSpace(path, scope)))
  const may = probes.filter((_, index) => 'body' in (told[index] ?? {})).map(({ scope }) => scope)
  const needless = may.filter((scope) => !needed.has(scope))
  return {
    findings: needless.length > 0 ? [finding('personal-token-scopes', `It may ${needless.join(', ')}.`, where)] : [],
    said:
      `It has scopes, and may not list itself. Tried by reading: it may ${may.join(', ') || 'read nothing of the space'}. ` +
      'Whether it may write, and when it expires, is not told.',
  }
}

function findSpaces(told: Told, where: string): Finding[] {
  const spaces = 'body' in told ? told.body['spaces'] : undefined
  if (!Array.isArray(spaces) || spaces.length < 2) return []
  return [finding('personal-token-spaces', `It opens ${spaces.length} spaces.`, where)]
}
