import { KeyblokError } from '@keyblok/core'
import type { Terminal } from '../terminal/terminal.js'
import { CliError, exitCodes } from './cli-error.js'
import type { ExitCode } from './cli-error.js'

/** The codes of errors that Storyblok, or the way there, is the reason of. */
const upstream = new Set<string>([
  'KB_TOKEN_REFUSED',
  'KB_MANAGEMENT_REFUSED',
  'KB_RATE_LIMITED',
  'KB_TIMEOUT',
  'KB_UPSTREAM_FAILED',
  'KB_UPSTREAM_INVALID',
])

/** Says what went wrong, and tells the code to end with. What nobody foresaw keeps its stack. */
export function reportError(error: unknown, terminal: Terminal): ExitCode {
  const described = describe(error)
  if (terminal.json) {
    const { exitCode, ...shown } = described
    terminal.result({ error: shown })
    return exitCode
  }
  terminal.problem(described.message, described.hint)
  return described.exitCode
}

function describe(error: unknown): { code?: string; message: string; hint?: string; exitCode: ExitCode } {
  if (error instanceof CliError) return { message: error.message, hint: error.hint, exitCode: error.exitCode }
  if (error instanceof KeyblokError) {
    const { code, message, hint } = error
    if (code === 'KB_ABORTED') return { code, message: 'Stopped.', exitCode: exitCodes.interrupted }
    return { code, message, hint, exitCode: upstream.has(code) ? exitCodes.upstream : exitCodes.failed }
  }
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.failed }
  const code = 'code' in error ? String(error.code) : ''
  const hint = 'hint' in error ? String(error.hint) : undefined
  // What the system or the local space refuses says all in its message; what nobody foresaw needs its stack.
  const isExpected = 'syscall' in error || code.startsWith('KB_')
  return { message: isExpected ? error.message : (error.stack ?? error.message), hint, exitCode: exitCodes.failed }
}
