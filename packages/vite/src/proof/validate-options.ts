import { checkOptions, isBoolean, isOneOf, isTexts, refuseProblems } from '../check-options.js'
import type { OptionCheck } from '../check-options.js'
import type { GuardOptions } from './guard-options.js'

const checks: Readonly<Record<keyof GuardOptions, OptionCheck>> = {
  allow: (value) =>
    Array.isArray(value) && value.every((kind) => kind === 'public')
      ? undefined
      : "can only be ['public']: no other secret may reach a browser",
  secrets: (value) =>
    isTexts(value) ??
    ((value as string[]).every((name) => /^[A-Za-z_][\w-]*$/.test(name))
      ? undefined
      : 'has to name variables, not their values'),
  serverOnly: isTexts,
  fingerprints: isTexts,
  server: isOneOf(['warn', 'error']),
  strict: isBoolean,
  ignore: isTexts,
  responses: isBoolean,
}

/** Finds options that would do nothing, or something else than was meant. */
export function guardProblems(guard: unknown): string[] {
  return checkOptions(guard, checks, 'guard.')
}

/**
 * Refuses options that would do nothing, or something else than was meant.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every problem.
 */
export function validateGuardOptions(guard: GuardOptions): void {
  refuseProblems(guardProblems(guard), 'Correct the options of the guard.')
}
