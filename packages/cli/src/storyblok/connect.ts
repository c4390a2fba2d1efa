import { Management, managementUrl } from '@keyblok/core/management'
import { Secret } from '@keyblok/core/server'
import { CliError, usageError } from '../command/cli-error.js'
import type { Terminal } from '../terminal/terminal.js'

type Env = Readonly<Record<string, string | undefined>>

/** What a connection is for. */
export interface ConnectOptions {
  /** The least scopes that the personal access token needs, to be named where it is missing. */
  scopes: readonly string[]
  signal?: AbortSignal
  /** What the space's variables begin with; `STORYBLOK` by default. */
  prefix?: string
}

/** The Management API of the environment's account. */
export interface Account {
  management: Management
  token: Secret
}

/**
 * Finds the personal access token, or asks for it, and reaches its Management API.
 *
 * @throws {CliError} When there is no token, and nobody to ask.
 */
export async function connectAccount(env: Env, terminal: Terminal, options: ConnectOptions): Promise<Account> {
  const token = new Secret(await findToken(env, terminal, options.scopes), 'personal')
  const management = new Management({ url: managementUrl(lookup(env, options)), token, signal: options.signal })
  return { management, token }
}

/** The same, for the space of the environment. */
export async function connectSpace(
  env: Env,
  terminal: Terminal,
  options: ConnectOptions,
): Promise<Account & { spaceId: string; space: string }> {
  const name = `${options.prefix ?? 'STORYBLOK'}_SPACE_ID`
  const spaceId = env[name]?.trim()
  if (!spaceId) {
    throw new CliError(`${name} is set neither in the environment nor in .env.`, {
      hint: 'It is the number in the address of the space in Storyblok: app.storyblok.com/#/me/spaces/<number>',
    })
  }
  if (!/^[1-9]\d{0,15}$/.test(spaceId)) throw usageError(`${name} is no space id, which is a number.`)
  return { ...(await connectAccount(env, terminal, options)), spaceId, space: `spaces/${spaceId}` }
}

/** Looks the variables of one space up by the names of the usual one. */
export function lookup(env: Env, { prefix = 'STORYBLOK' }: { prefix?: string }): (name: string) => string | undefined {
  return (name) => env[name.replace(/^STORYBLOK(?=_)/, prefix)]
}

const variable = 'STORYBLOK_PERSONAL_ACCESS_TOKEN'

async function findToken(env: Env, terminal: Terminal, scopes: readonly string[]): Promise<string> {
  const given = env[variable]?.trim()
  if (given) return given
  const where =
    'Create a token in Storyblok under My account → Account settings → Personal access tokens, ' +
    `with the scopes ${scopes.join(', ')}.`
  if (!terminal.interactive) {
    throw new CliError(`${variable} is set neither in the environment nor in .env.`, { hint: where })
  }
  terminal.note(where)
  const typed = (await terminal.askSecret('Personal access token (what you type is not shown)', variable)).trim()
  if (typed === '') throw new CliError('No token was given.')
  return typed
}
