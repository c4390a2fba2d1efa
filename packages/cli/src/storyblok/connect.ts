import { isLoopbackHost, Management, managementOrigins, managementUrl } from '@keyblok/core/management'
import { Secret } from '@keyblok/core/server'
import { CliError, exitCodes, usageError } from '../command/cli-error.js'
import { readVariables } from '../environment/env-files.js'
import type { Variables } from '../environment/env-files.js'
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
  const url = managementUrl(lookup(env, options))
  await assertOwnAddress(url, options, terminal)
  const token = new Secret(await findToken(env, terminal, options.scopes), 'personal')
  const management = new Management({ url, token, signal: options.signal })
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
    throw usageError(
      `${name} is set neither in the environment nor in .env.`,
      'It is the number in the address of the space in Storyblok: app.storyblok.com/#/me/spaces/<number>',
    )
  }
  if (!/^[1-9]\d{0,15}$/.test(spaceId)) throw usageError(`${name} is no space id, which is a number.`)
  return { ...(await connectAccount(env, terminal, options)), spaceId, space: `spaces/${spaceId}` }
}

/**
 * A file that comes with a project could send the token of whoever runs a command in it to any host. An address of a
 * file counts for a token of a file, for Storyblok, and for this machine; otherwise the person is asked.
 *
 * @throws {CliError} When nobody agrees.
 */
async function assertOwnAddress(url: string, options: ConnectOptions, terminal: Terminal): Promise<void> {
  if (!isForeignAddress(url, readVariables(), options.prefix)) return
  const { host } = new URL(url)
  const question = `A file of this project sends your personal access token to ${host}. Is that meant?`
  if (terminal.interactive && (await terminal.confirm(question, '', false))) return
  throw new CliError(
    `A file of this project names ${host} as the API, and your personal access token is not of a file.`,
    {
      hint: 'If that is meant, set STORYBLOK_API_URL in the environment, as the token is.',
      exitCode: exitCodes.usage,
    },
  )
}

/** Whether an API's address is of a file, and the token for it is not. */
export function isForeignAddress(url: string, variables: Variables, prefix = 'STORYBLOK'): boolean {
  const isKnown = isLoopbackHost(new URL(url).hostname) || Object.values(managementOrigins).includes(url)
  const isOfFile = variables.get(`${prefix}_API_URL`)?.file !== undefined
  return !isKnown && isOfFile && variables.get(variable)?.file === undefined
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
    throw usageError(`${variable} is set neither in the environment nor in .env.`, where)
  }
  terminal.note(where)
  const typed = (await terminal.askSecret('Personal access token (what you type is not shown)', variable)).trim()
  if (typed === '') throw new CliError('No token was given.')
  return typed
}
