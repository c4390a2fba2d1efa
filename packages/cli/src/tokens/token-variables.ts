import { collectSecrets } from '@keyblok/core/guard'
import type { Secret } from '@keyblok/core/server'

type Env = Readonly<Record<string, string | undefined>>

/** The variable that holds a token of a kind. */
export function variableOf(kind: string, prefix: string): string {
  return `${prefix}_${kind.toUpperCase()}_TOKEN`
}

/** Lists the variables that hold a token; compared in constant time. */
export function variablesHolding(token: Secret, env: Env): string[] {
  const secrets = collectSecrets((name) => env[name], Object.keys(env))
  return secrets.filter(({ secret }) => secret.equals(token)).map(({ variable }) => variable)
}

/** Reads a list of tokens from a variable's value. */
export function splitTokens(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '')
}
