import { KeyblokError } from '@keyblok/core'

/** Says what is wrong with an option's value, as the end of a sentence; nothing when it is right. */
export type OptionCheck = (value: unknown) => string | undefined

export const isTexts: OptionCheck = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item.trim() !== '')
    ? undefined
    : 'has to be a list of texts'
export const isBoolean: OptionCheck = (value) => (typeof value === 'boolean' ? undefined : 'has to be true or false')
export const isText: OptionCheck = (value) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'has to be a text'
/** A path below which the site serves something. */
export const isPath: OptionCheck = (value) =>
  typeof value === 'string' && /^\/[\w\-/.]*[\w-]$/.test(value) ? undefined : 'has to be a path such as /storyblok'
/** The prefixes of the variables of spaces. */
export const arePrefixes: OptionCheck = (value) =>
  Array.isArray(value) && value.every((prefix) => /^STORYBLOK\w*$/.test(String(prefix)))
    ? undefined
    : 'has to be a list of prefixes that begin with STORYBLOK'

/** Takes one of some words. */
export function isOneOf(words: readonly unknown[]): OptionCheck {
  const quoted = words.map((word) => (typeof word === 'string' ? `'${word}'` : String(word)))
  const named = new Intl.ListFormat('en', { type: 'disjunction' }).format(quoted)
  return (value) => (words.includes(value) ? undefined : `has to be ${named}`)
}

/**
 * Finds what is wrong with options: names that there are not, which would do nothing, and values that are none.
 *
 * @param options - The options as a site gave them.
 * @param checks - One check for each option.
 * @param prefix - What stands before the names, such as `guard.`.
 * @returns The problems, as sentences.
 */
export function checkOptions(options: unknown, checks: Readonly<Record<string, OptionCheck>>, prefix = ''): string[] {
  if (typeof options !== 'object' || options === null)
    return [prefix === '' ? 'The options have to be an object.' : `${prefix.slice(0, -1)} has to be an object.`]
  return Object.entries(options).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name)) {
      return [`${prefix}${name} is no option. There are: ${Object.keys(checks).join(', ')}.`]
    }
    const problem = value === undefined ? undefined : checks[name]?.(value)
    return problem === undefined ? [] : [`${prefix}${name} ${problem}.`]
  })
}

/**
 * Refuses options with all of their problems at once.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when there are any.
 */
export function refuseProblems(problems: readonly string[], hint: string): void {
  if (problems.length === 0) return
  throw new KeyblokError('KB_CONFIGURATION_INVALID', `\n${problems.map((problem) => `  - ${problem}`).join('\n')}`, {
    hint,
  })
}
