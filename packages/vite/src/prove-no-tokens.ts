import { relative } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { Secret, TokenKind } from '@keyblok/core/server'
import { scanFolders } from './scan.js'
import type { Hit } from './scan.js'

export interface GuardOptions {
  /**
   * Token kinds that may reach the browser. A public token reads nothing that is not published, but whoever has it can
   * use up the space's traffic.
   */
  allow?: readonly TokenKind[]
  /** Fails a build that has no token to search for, instead of warning. */
  strict?: boolean
}

export interface Proof extends GuardOptions {
  /** The project's folder, to which reported paths are relative. */
  root: string
  /** The folders whose files a browser can get. */
  folders: readonly string[]
  /** The tokens that the build knows. */
  secrets: readonly Secret[]
  log: { info(message: string): void; warn(message: string): void }
}

/** A shorter value would be found by chance. */
const shortestValue = 8

/**
 * Searches what a build wrote for tokens, and says what it searched for.
 *
 * @throws {KeyblokError} `KB_TOKEN_LEAKED` with each place where a token stands; `KB_TOKENS_NOT_PROVEN` when there was
 * none to search for and `strict` is set.
 */
export async function proveNoTokens(proof: Proof): Promise<void> {
  const { root, folders, secrets, allow = [], strict = false, log } = proof
  const searched = secrets.filter((secret) => !allow.includes(secret.kind) && secret.reveal().length >= shortestValue)
  if (searched.length === 0) {
    const error = new KeyblokError('KB_TOKENS_NOT_PROVEN', 'This build knows no token to search for.')
    if (strict) throw error
    log.warn(`not proven: this build knows no token to search for. ${error.hint}`)
    return
  }

  const { files, hits } = await scanFolders(folders, searched)
  if (hits.length > 0) throw leaked(hits, root)
  log.info(`searched ${files} files for the ${listKinds(searched)}: none found`)
}

function leaked(hits: readonly Hit[], root: string): KeyblokError {
  const places = hits.map(
    ({ file, line, column, kind, encoding }) =>
      `  - ${relative(root, file)}:${line}:${column} holds the ${kind} token (${encoding})`,
  )
  return new KeyblokError('KB_TOKEN_LEAKED', `\n${places.join('\n')}`)
}

function listKinds(secrets: readonly Secret[]): string {
  const kinds = [...new Set(secrets.map(({ kind }) => kind))]
  return `${kinds.join(' and ')} token${kinds.length > 1 ? 's' : ''}`
}
