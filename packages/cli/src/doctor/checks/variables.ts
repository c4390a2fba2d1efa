import { collectSecrets } from '@keyblok/core/guard'
import { isLoopbackHost } from '@keyblok/core/management'
import type { Check, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { isPlaceholder } from '../placeholder.js'
import { configuredSpaces, nameVariable } from '../spaces.js'
import type { ConfiguredSpace } from '../spaces.js'

/** Looks at the variables themselves, and asks nobody. */
export const variablesCheck: Check = {
  title: 'Variables',
  run(context) {
    const own = [...context.variables].filter(([name]) => name.startsWith('STORYBLOK'))
    const spaces = configuredSpaces(context.env)
    const findings = [
      ...spaces.flatMap((space) => [...findInvalid(space, context), ...findMissing(space, context)]),
      ...findSameValues(context),
      ...findMisplaced(context),
      ...findPublic(context),
      ...findOverridden(context),
      ...findTraps(context),
    ]
    const sources = new Set(own.map(([, { file = 'the environment' }]) => file))
    const said =
      own.length === 0
        ? 'No variable of Storyblok is set.'
        : `${own.length} variables of Storyblok, of ${[...sources].join(', ')}.`
    return { findings, said }
  },
}

/** What other findings tell already, with more about it. */
const toldElsewhere = /holds a personal access token|hold the same token/

function findInvalid({ problems }: ConfiguredSpace, { variables }: DoctorContext): Finding[] {
  return problems
    .filter(({ text }) => !toldElsewhere.test(text))
    .map(({ variable, text }) => finding('settings-invalid', text, nameVariable(variables, variable)))
}

function findMissing({ prefix, settings, problems }: ConfiguredSpace, { variables }: DoctorContext): Finding[] {
  const isSet = (name: string): boolean => variables.has(name) || problems.some(({ variable }) => variable === name)
  const { tokens, spaceId } = settings
  const found: Finding[] = []
  if (spaceId === null && !isSet(`${prefix}_SPACE_ID`) && tokens.preview.length > 0) {
    found.push(finding('space-id-missing', `There is a preview token, and no ${prefix}_SPACE_ID.`))
  }
  if (tokens.public === null && !isSet(`${prefix}_PUBLIC_TOKEN`) && tokens.preview.length > 0) {
    found.push(finding('public-token-missing', `There is a preview token, and no ${prefix}_PUBLIC_TOKEN.`))
  }
  return found
}

function findSameValues({ env, variables }: DoctorContext): Finding[] {
  const secrets = collectSecrets((name) => env[name], Object.keys(env))
  return secrets.flatMap(({ secret, variable }, index) => {
    const first = secrets.slice(0, index).find((other) => other.variable !== variable && other.secret.equals(secret))
    if (!first) return []
    return [finding('same-value', `It holds the same value as ${first.variable}.`, nameVariable(variables, variable))]
  })
}

/** Tells what a value is worth looking at by, in whichever variable it is. */
function findMisplaced({ variables }: DoctorContext): Finding[] {
  return [...variables].flatMap(([name, { value }]) => {
    const where = nameVariable(variables, name)
    if (!name.startsWith('STORYBLOK') || value.trim() === '') return []
    if (isPlaceholder(name, value))
      return [finding('placeholder-token', 'It holds no token, but a placeholder.', where)]
    if (name.endsWith('_THEME_TOKEN')) return [finding('theme-token', 'It is a theme token.', where)]
    if (name === 'STORYBLOK_TOKEN') return [finding('ambiguous-token', 'It does not say which kind it holds.', where)]
    const isDelivery = /_(PUBLIC|PREVIEW|ASSET|RELEASE)_TOKEN$/.test(name)
    return isDelivery && value.includes('sb_pat_')
      ? [finding('personal-token-misplaced', 'It holds a personal access token.', where)]
      : []
  })
}

/** How tools call variables that they write into scripts. */
const publicPrefix = /^(PUBLIC_|VITE_|NEXT_PUBLIC_|NUXT_PUBLIC_|REACT_APP_|GATSBY_)/

function findPublic({ env, variables, secrets: others }: DoctorContext): Finding[] {
  const secrets = collectSecrets((name) => env[name], Object.keys(env), others)
  return [...variables].flatMap(([name, { value }]) => {
    if (!publicPrefix.test(name) || value.trim() === '' || isPlaceholder(`STORYBLOK_${name}`, value)) return []
    const where = nameVariable(variables, name)
    const secret = secrets.find((known) => known.variable !== name && value.includes(known.secret.reveal()))
    if (secret)
      return [finding('public-variable', `It holds the value of ${secret.variable}, and every browser gets it.`, where)]
    const looksSecret = value.includes('sb_pat_') || /STORYBLOK.*(TOKEN|SECRET|API_?KEY)/.test(name)
    return looksSecret ? [finding('public-variable', 'It is an access token, and every browser gets it.', where)] : []
  })
}

/** Files of one mode are there to say something else than the others. */
const ofMode = /\.(development|production)/

function findOverridden({ variables }: DoctorContext): Finding[] {
  return [...variables].flatMap(([name, { file, overridden }]) => {
    if (!name.startsWith('STORYBLOK') || overridden.length === 0 || ofMode.test(file ?? '')) return []
    const source = file ?? 'The environment'
    return [
      finding('variable-overridden', `${source} gives another value than ${overridden.join(', ')}, and counts.`, name),
    ]
  })
}

/** The files that a production build reads. */
const ofProduction = new Set(['.env', '.env.production', '.env.production.local'])

function findTraps({ variables }: DoctorContext): Finding[] {
  const found: Finding[] = []
  const read = (name: string): { value: string; isEverywhere: boolean } => {
    const { value = '', file = '' } = variables.get(name) ?? {}
    return { value: value.trim(), isEverywhere: ofProduction.has(file) }
  }
  for (const name of ['STORYBLOK_ENVIRONMENT', 'NODE_ENV']) {
    const { value, isEverywhere } = read(name)
    if (!isEverywhere || value === '' || value === 'production') continue
    // Whatever else stands there by mistake is not repeated.
    const said = /^[a-z]{1,20}$/.test(value) ? value : 'another environment'
    found.push(finding('environment-in-file', `It says ${said}, also to production.`, nameVariable(variables, name)))
  }
  const api = read('STORYBLOK_API_URL').value
  const { file } = variables.get('STORYBLOK_API_URL') ?? {}
  const isLocal = URL.canParse(api) && isLoopbackHost(new URL(api).hostname)
  if (isLocal && file?.startsWith('.env.production')) {
    found.push(
      finding(
        'local-space-in-production',
        'It is an address of this machine.',
        nameVariable(variables, 'STORYBLOK_API_URL'),
      ),
    )
  }
  return found
}
