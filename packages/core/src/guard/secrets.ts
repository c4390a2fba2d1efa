import { Secret } from '../tokens/secret.js'
import type { TokenKind } from '../tokens/secret.js'
import { readVariable } from '../tokens/settings.js'
import type { EnvLookup } from '../tokens/settings.js'
import { needlesOf } from './encodings.js'
import type { Needle } from './encodings.js'

/** A secret that is looked for, and how it is called where its value cannot be. */
export interface NamedSecret {
  /** Such as `preview token`, or `secret SMTP_PASSWORD` for one that the site names. */
  label: string
  /** The variable that holds it. */
  variable: string
  secret: Secret
}

/** How each of Storyblok’s secrets is called, by the end of its variable’s name. */
const labels = {
  PUBLIC_TOKEN: ['public', 'public token'],
  PREVIEW_TOKEN: ['preview', 'preview token'],
  ASSET_TOKEN: ['asset', 'asset token'],
  RELEASE_TOKEN: ['release', 'release token'],
  WEBHOOK_SECRET: ['webhook', 'webhook secret'],
  PERSONAL_ACCESS_TOKEN: ['personal', 'personal access token'],
} as const satisfies Record<string, readonly [TokenKind, string]>

type Ending = keyof typeof labels

/** Any prefix that a space may have; see `EnvPrefix`. */
const secretVariable = new RegExp(`^STORYBLOK.*_(${Object.keys(labels).join('|')})$`)

/** Lists the variables that hold the secrets of spaces, by the spaces’ prefixes. */
export function secretVariables(prefixes: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => Object.keys(labels).map((ending) => `${prefix}_${ending}`))
}

/**
 * Collects secrets from environment variables, such as to search a build for them.
 *
 * @param env - Looks a variable up.
 * @param names - The variables that may hold tokens of Storyblok, such as all there are; others are passed over.
 * @param others - The variables that hold other secrets of the site.
 */
export function collectSecrets(env: EnvLookup, names: Iterable<string>, others: readonly string[] = []): NamedSecret[] {
  const tokens = [...names].flatMap((variable) => {
    const ending = secretVariable.exec(variable)?.[1] as Ending | undefined
    const value = readVariable(env, variable)
    if (ending === undefined || value === undefined) return []
    const [kind, label] = labels[ending]
    return splitTokens(value, kind).map((part) => ({ label, variable, secret: new Secret(part, kind) }))
  })
  const named = others.flatMap((variable) => {
    const value = readVariable(env, variable)
    return value === undefined ? [] : [{ label: `secret ${variable}`, variable, secret: new Secret(value, 'other') }]
  })
  return [...tokens, ...named]
}

/** Lists the forms of all secrets. A value that several variables hold is named after the first. */
export function needlesOfAll(secrets: readonly NamedSecret[]): Needle[] {
  return secrets.flatMap(({ label, secret }) => needlesOf(label, secret.reveal()))
}

/** A webhook secret is one value, whatever it holds; of release tokens only what follows the release’s id is secret. */
function splitTokens(value: string, kind: TokenKind): string[] {
  if (kind === 'webhook') return [value]
  const parts = value.split(',').map((part) => part.trim())
  return (kind === 'release' ? parts.map((part) => part.slice(part.indexOf(':') + 1)) : parts).filter(
    (part) => part !== '',
  )
}
