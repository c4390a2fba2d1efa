/** What the process ends with. Documented in docs/guides/cli.md. */
export const exitCodes = {
  done: 0,
  /** Something was found, is out of date, or failed. */
  failed: 1,
  /** The command was called in a way that it does not know. */
  usage: 2,
  /** Storyblok refused the token, or could not be reached. */
  upstream: 3,
  /** Ended by Ctrl+C, as shells count signals: 128 + 2. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends a command with a message for people; neither message nor hint ever holds a token. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode
  readonly hint: string | undefined

  constructor(message: string, { hint, exitCode = exitCodes.failed }: { hint?: string; exitCode?: ExitCode } = {}) {
    super(message)
    this.hint = hint
    this.exitCode = exitCode
  }
}

/** Says that a command was called wrongly. */
export function usageError(message: string, hint?: string): CliError {
  return new CliError(message, { hint, exitCode: exitCodes.usage })
}
