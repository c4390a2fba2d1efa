import type { ArgsDef } from 'citty'
import { fail } from './fail.js'

/** Ends the command when it was given an option that it does not have: a misspelt one would do nothing. */
export function assertKnownOptions(rawArgs: readonly string[], definition: ArgsDef): void {
  const known = new Set(Object.keys(definition))
  for (const arg of rawArgs) {
    const name = /^--(?:no-)?([\w-]+)/.exec(arg)?.[1]
    if (name !== undefined && !known.has(name)) {
      const options = [...known].filter((option) => definition[option]?.type !== 'positional')
      fail(`There is no option --${name}. There are: ${options.map((option) => `--${option}`).join(' ')}`)
    }
  }
}
