import { collectSecrets } from '@keyblok/core/guard'
import type { NamedSecret } from '@keyblok/core/guard'
import { SecretSearch } from '../scan/secret-search.js'

/** How secrets are kept from browsers. */
export interface GuardOptions {
  /**
   * Lets public tokens reach the browser. One reads nothing that is not published, but whoever has it can use up the
   * space's traffic.
   */
  allow?: readonly 'public'[]
  /** The variables that hold other secrets of the site, such as `SMTP_PASSWORD`: they are kept from browsers too. */
  secrets?: readonly string[]
  /**
   * The site's own files that no browser code may import, as folders or globs from the root, such as `src/lib/mail`.
   */
  serverOnly?: readonly string[]
  /**
   * Fingerprints of secrets that only the running site knows, as `keyblok fingerprint` writes them. The variable
   * `STORYBLOK_TOKEN_FINGERPRINTS` adds more, separated by white space.
   */
  fingerprints?: readonly string[]
  /** What happens when a secret's value is written into a server bundle: `warn` by default. */
  server?: 'warn' | 'error'
  /** Fails a build that has no secret to search for. By default in CI, when the site has pages that are rendered on demand. */
  strict?: boolean
  /** Files in which something may look like a token, as globs from the root, such as a page that documents them. */
  ignore?: readonly string[]
  /** Guards what a production server answers, too; in dev and in tests it always is. */
  responses?: boolean
}

/** What a running site needs of the options; it holds no secret. */
export type RuntimeGuardOptions = Pick<GuardOptions, 'allow' | 'responses' | 'secrets'>

/** Takes what a running site needs. */
export function runtimeGuard({ allow, responses, secrets }: GuardOptions): RuntimeGuardOptions {
  return { allow, responses, secrets }
}

/** The environment of a build or a dev server. */
export type Environment = Readonly<Record<string, string | undefined>>

const fingerprintsVariable = 'STORYBLOK_TOKEN_FINGERPRINTS'

/** The secrets of an environment: those that may not reach a browser, and those that may. */
export interface Secrets {
  refused: NamedSecret[]
  allowed: NamedSecret[]
}

/** Collects what an environment keeps secret. */
export function secretsOf(env: Environment, { allow = [], secrets: others = [] }: GuardOptions): Secrets {
  const secrets = collectSecrets((name) => env[name], Object.keys(env), others)
  const isAllowed = ({ secret }: NamedSecret): boolean => secret.kind === 'public' && allow.includes('public')
  return { refused: secrets.filter((secret) => !isAllowed(secret)), allowed: secrets.filter(isAllowed) }
}

/**
 * Makes the search for the secrets of an environment.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when a fingerprint cannot be read.
 */
export function createSearch(env: Environment, guard: GuardOptions): SecretSearch {
  const { refused, allowed } = secretsOf(env, guard)
  const fingerprints = [...(guard.fingerprints ?? []), ...(env[fingerprintsVariable]?.split(/\s+/) ?? [])]
  return new SecretSearch({
    secrets: refused,
    allowed,
    fingerprints: fingerprints.filter((fingerprint) => fingerprint !== ''),
  })
}

/** Lists the variables that should hold secrets of the site, and hold nothing. */
export function missingSecrets(env: Environment, { secrets = [] }: GuardOptions): string[] {
  return secrets.filter((name) => (env[name] ?? '').trim() === '')
}

/** Lists the variables whose values hold a secret, by its label, such as one under a public name. */
export function variablesHolding(env: Environment, guard: GuardOptions, label: string): string[] {
  const secrets = secretsOf(env, guard).refused.filter((secret) => secret.label === label)
  const values = secrets.map(({ secret }) => secret.reveal())
  return Object.keys(env).filter((name) => values.some((value) => env[name]?.includes(value)))
}
