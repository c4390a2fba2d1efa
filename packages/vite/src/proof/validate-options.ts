import { KeyblokError } from '@keyblok/core'
import type { GuardOptions } from './guard-options.js'

type Check = (value: unknown) => string | undefined

const listOfTexts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item.trim() !== '')
    ? undefined
    : 'has to be a list of texts'
const trueOrFalse: Check = (value) => (typeof value === 'boolean' ? undefined : 'has to be true or false')

const checks: Readonly<Record<keyof GuardOptions, Check>> = {
  allow: (value) =>
    Array.isArray(value) && value.every((kind) => kind === 'public')
      ? undefined
      : "can only be ['public']: no other secret may reach a browser",
  secrets: (value) =>
    listOfTexts(value) ??
    ((value as string[]).every((name) => /^[A-Za-z_][\w-]*$/.test(name))
      ? undefined
      : 'has to name variables, not their values'),
  serverOnly: listOfTexts,
  fingerprints: listOfTexts,
  server: (value) => (value === 'warn' || value === 'error' ? undefined : "has to be 'warn' or 'error'"),
  strict: trueOrFalse,
  ignore: listOfTexts,
  responses: trueOrFalse,
}

/**
 * Refuses options that would do nothing, or something else than was meant.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every problem.
 */
export function validateGuardOptions(guard: GuardOptions): void {
  const problems = Object.entries(guard).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name))
      return [`guard.${name} is no option. There are: ${Object.keys(checks).join(', ')}.`]
    const problem = value === undefined ? undefined : checks[name as keyof GuardOptions](value)
    return problem === undefined ? [] : [`guard.${name} ${problem}.`]
  })
  if (problems.length === 0) return
  throw new KeyblokError('KB_CONFIGURATION_INVALID', `\n${problems.map((problem) => `  - ${problem}`).join('\n')}`, {
    hint: 'Correct the options of the guard.',
  })
}
