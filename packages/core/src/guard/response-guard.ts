import { KeyblokError } from '../errors.js'
import type { TokenKind } from '../tokens/secret.js'
import type { EnvLookup } from '../tokens/settings.js'
import { guardResponse } from './guard-response.js'
import type { Leak } from './guard-response.js'
import { maskText } from './mask.js'
import { Matcher } from './matcher.js'
import { collectSecrets, needlesOfAll, secretVariables } from './secrets.js'

export interface ResponseGuardOptions {
  env: EnvLookup
  /** The prefixes of the variables of the spaces that the site reads. */
  spaces: readonly string[]
  /** The variables that hold other secrets of the site. */
  secrets?: readonly string[]
  /** Token kinds that may reach the browser. */
  allow?: readonly TokenKind[]
  /** Whether the site runs in a test. */
  test: boolean
}

/** Guards the answer to a request, which is named by its method and path. */
export type ResponseGuard = (response: Response, route: string) => Response

/**
 * Makes the guard of a running site’s answers. A secret is overwritten on its way and reported. In a test that fails the
 * run: the body ends with the error, an unhandled rejection ends the process or fails its test runner, and a server that
 * survives it answers nothing any more.
 */
export function createResponseGuard({ env, spaces, secrets, allow = [], test }: ResponseGuardOptions): ResponseGuard {
  // A process’s variables tell of spaces that no request has read yet.
  const names = [...secretVariables(spaces), ...Object.keys(globalThis.process?.env ?? {})]
  const searched = collectSecrets(env, new Set(names), secrets).filter(({ secret }) => !allow.includes(secret.kind))
  const matcher = new Matcher(needlesOfAll(searched))
  if (matcher.longest === 0) return (response) => response
  let failure: KeyblokError | undefined
  return (response, given) => {
    if (failure) throw failure
    const route = maskText(given, matcher, () => {})
    return guardResponse(response, matcher, (leak) => {
      const error = leakError(route, leak)
      console.error(error.report)
      if (!test) return
      failure = error
      void Promise.reject(error)
      throw error
    })
  }
}

/** Says which answer held a secret, and where. */
export function leakError(route: string, { label, encoding, place }: Leak): KeyblokError {
  const where = place === 'body' || place === 'status' ? `its ${place}` : `the header ${place}`
  return new KeyblokError('KB_TOKEN_LEAKED', `${route} answered with the ${label} (${encoding}) in ${where}.`)
}
