import { Delivery, parseSettings } from '@keyblok/core/server'
import type { Secret } from '@keyblok/core/server'
import { CliError } from '../command/cli-error.js'

/**
 * Reads a story list with a new token, before anything relies on it.
 *
 * @param env - Looks up where the delivery API is.
 * @throws {CliError} When the token does not read what it is for.
 */
export async function verifyToken(token: Secret, env: (name: string) => string | undefined): Promise<void> {
  const { apiOrigin } = parseSettings((name) => (/_(SPACE_ID|REGION|API_URL)$/.test(name) ? env(name) : undefined))
  const version = token.kind === 'preview' ? 'draft' : 'published'
  try {
    await new Delivery({ apiOrigin }).stories({ version, token, reason: '' }, { perPage: 1 })
  } catch (error) {
    const reason = error instanceof Error ? `${error.message}\n` : ''
    throw new CliError(`The new token does not read ${version} stories, so it is written nowhere.`, {
      hint: `${reason}Run the command again: it tries the same token.`,
    })
  }
}
