import { KeyblokError } from '@keyblok/core'
import type { NamedSecret } from '@keyblok/core/guard'
import type { Plugin, ResolvedConfig } from 'vite'
import { secretsOf } from './proof/guard-options.js'
import type { Environment, GuardOptions } from './proof/guard-options.js'
import { envOf } from './proof/environment.js'

/**
 * Refuses variables that every browser gets, by the beginning of their names, and that hold a secret.
 *
 * @param prefixes - How such variables begin, beside Vite’s own.
 * @throws {KeyblokError} `KB_TOKEN_IN_PUBLIC_VARIABLE` when a dev server or a build starts.
 */
export function publicVariables(guard: GuardOptions, prefixes: readonly string[] = []): Plugin {
  return {
    name: 'keyblok:public-variables',
    configResolved(config) {
      const problems = findProblems(envOf(config), guard, [...prefixesOf(config), ...prefixes])
      if (problems.length === 0) return
      throw new Error(new KeyblokError('KB_TOKEN_IN_PUBLIC_VARIABLE', `\n${problems.join('\n')}`).report)
    },
  }
}

function prefixesOf({ envPrefix }: ResolvedConfig): string[] {
  return [envPrefix ?? 'VITE_'].flat()
}

/** Lists the variables that browsers get and that hold a secret, each with what to do. */
export function findProblems(env: Environment, guard: GuardOptions, prefixes: readonly string[]): string[] {
  const { refused, allowed } = secretsOf(env, guard)
  return Object.entries(env).flatMap(([name, value]) => {
    const prefix = prefixes.find((candidate) => name.startsWith(candidate))
    if (prefix === undefined || value === undefined || value.trim() === '') return []
    const secret = refused.find((candidate) => holds(value, candidate))
    if (secret) return [`  - ${name} holds the ${secret.label}. ${cureOf(name, secret, prefix)}`]
    if (allowed.some((candidate) => holds(value, candidate))) return []
    if (/(^|[^A-Za-z])sb_pat_/.test(value))
      return [`  - ${name} holds a personal access token, which no site needs. Delete it.`]
    if (guard.allow?.includes('public') && /PUBLIC/.test(name.slice(prefix.length))) return []
    return isToken(name) ? [`  - ${name} is named like an access token. ${renameOf(name, prefix)}`] : []
  })
}

/** A short value could be part of another by chance. */
function holds(value: string, { secret }: NamedSecret): boolean {
  const hidden = secret.reveal()
  return hidden.length < 8 ? value === hidden : value.includes(hidden)
}

function cureOf(name: string, { variable }: NamedSecret, prefix: string): string {
  if (variable !== name) return `Delete it, and read ${variable} on the server.`
  return `Take ${prefix} out of Vite’s option envPrefix, or give the variable another name.`
}

function isToken(name: string): boolean {
  return name.includes('STORYBLOK') && /TOKEN|SECRET|API_?KEY/.test(name)
}

function renameOf(name: string, prefix: string): string {
  const rest = name.slice(prefix.length)
  const kind = /PREVIEW|DRAFT/.test(rest) ? 'PREVIEW' : /PUBLIC/.test(rest) ? 'PUBLIC' : undefined
  if (kind) return `Rename it to STORYBLOK_${kind}_TOKEN.`
  return 'Rename it to STORYBLOK_PUBLIC_TOKEN or STORYBLOK_PREVIEW_TOKEN, whichever kind it is.'
}
