import * as clack from '@clack/prompts'
import { CliError, exitCodes } from '../command/cli-error.js'
import { createSpinner } from './spinner.js'
import { style } from './style.js'

/** One of several answers. */
interface Choice<Value> {
  value: Value
  label: string
  hint?: string
}

/** Long work that is shown while it runs. */
export interface Progress {
  /** Says how far it is. */
  update(message: string): void
  done(message: string): void
  failed(message: string): void
  /** Ends, and leaves nothing behind. */
  clear(): void
}

/** What a command says, and asks. Results go to stdout, all else to stderr, so that results can be piped. */
export interface Terminal {
  /** Whether only the result is printed, as JSON. */
  readonly json: boolean
  /** Whether somebody is there to answer. */
  readonly interactive: boolean
  /** Prints a line of the result; nothing under `--json`. */
  line(text?: string): void
  /** Prints the result as JSON; nothing without `--json`. */
  result(value: unknown): void
  /** Says something beside the result; nothing under `--json`. */
  note(text: string): void
  warn(text: string): void
  /** Says what went wrong, and what to do. */
  problem(message: string, hint?: string): void
  progress(message: string): Progress
  /** Asks for yes or no. Where nobody is there, it is an error that names the option to give. */
  confirm(message: string, option: string, initial?: boolean): Promise<boolean>
  ask(message: string, option: string, check?: (value: string) => string | undefined): Promise<string>
  /** Asks for a secret: what is typed is not shown. */
  askSecret(message: string, option: string): Promise<string>
  choose<Value>(message: string, choices: readonly Choice<Value>[], option: string): Promise<Value>
}

/** Makes the terminal of one command. */
export function createTerminal({ json }: { json: boolean }): Terminal {
  const { stdin, stdout, stderr, env } = process
  const interactive = !json && stdin.isTTY === true && stderr.isTTY === true && !env['CI']
  const say = (text: string): void => {
    if (!json) stderr.write(`${text}\n`)
  }
  const output = { output: stderr }

  async function prompt<Value>(option: string, ask: () => Promise<Value | symbol>): Promise<Value> {
    if (!interactive) {
      throw new CliError(`Nobody is here to ask. Give ${option}.`, { exitCode: exitCodes.usage })
    }
    const answer = await ask()
    if (clack.isCancel(answer)) throw new CliError('Stopped.', { exitCode: exitCodes.interrupted })
    return answer as Value
  }

  return {
    json,
    interactive,
    line: (text = '') => {
      if (!json) stdout.write(`${text}\n`)
    },
    result: (value) => {
      if (json) stdout.write(`${JSON.stringify(value, null, 2)}\n`)
    },
    note: (text) => say(style('dim', text, stderr)),
    warn: (text) => say(`${style('yellow', '!', stderr)} ${text}`),
    problem: (message, hint) => {
      stderr.write(`${style('red', message, stderr)}\n${hint === undefined ? '' : `${hint}\n`}`)
    },
    progress: (message) => (interactive ? createSpinner(message) : quietProgress(say)),
    confirm: (message, option, initialValue = true) =>
      prompt<boolean>(option, () => clack.confirm({ message, initialValue, ...output })),
    ask: (message, option, check) =>
      prompt<string>(option, () => clack.text({ message, validate: (value) => check?.(value ?? ''), ...output })),
    // An empty mask shows nothing at all, not even the length.
    askSecret: (message, option) => prompt<string>(option, () => clack.password({ message, mask: '', ...output })),
    choose: <Value>(message: string, choices: readonly Choice<Value>[], option: string) =>
      prompt<Value>(
        option,
        () => clack.select({ message, options: [...choices] as never, ...output }) as Promise<Value | symbol>,
      ),
  }
}

/** Logs hold the ends only. */
function quietProgress(say: (text: string) => void): Progress {
  return { update: () => {}, done: say, failed: say, clear: () => {} }
}
