import type { ArgsDef } from 'citty'
import { usageError } from './cli-error.js'

/**
 * Refuses options that a command does not have, and words too many: a misspelt one would do nothing.
 *
 * @throws {CliError} With exit code 2.
 */
export function assertKnownOptions(rawArgs: readonly string[], positionals: number, definition: ArgsDef): void {
  const known = new Set(
    Object.entries(definition)
      .filter(([, { type }]) => type !== 'positional')
      .flatMap(([name, argument]) => [name, ...('alias' in argument ? [argument.alias ?? []].flat() : [])]),
  )
  const end = rawArgs.indexOf('--')
  for (const argument of end === -1 ? rawArgs : rawArgs.slice(0, end)) {
    const name = /^--?(?:no-)?([A-Za-z][\w-]*)/.exec(argument)?.[1]
    if (
      name === undefined ||
      known.has(name) ||
      known.has(name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`))
    )
      continue
    const options = Object.keys(definition).filter((option) => definition[option]?.type !== 'positional')
    throw usageError(
      `There is no option ${argument.split('=')[0]}.`,
      `There are: ${options.map((option) => `--${option}`).join(' ')}`,
    )
  }
  const wanted = Object.values(definition).filter(({ type }) => type === 'positional').length
  if (positionals > wanted) {
    throw usageError(
      wanted === 0 ? 'This command takes options only, such as --help.' : `This command takes ${wanted} words at most.`,
    )
  }
}
