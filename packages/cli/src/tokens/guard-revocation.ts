import { CliError } from '../command/cli-error.js'
import type { ApiKey } from '../storyblok/api-keys.js'

/**
 * Refuses to revoke the only preview token of a space: without one no editor sees a draft.
 *
 * @throws {CliError} Unless forced.
 */
export function assertRevocable(key: ApiKey, keys: readonly ApiKey[], force: boolean): void {
  const previews = keys.filter(({ kind }) => kind === 'preview')
  if (force || key.kind !== 'preview' || previews.length > 1) return
  throw new CliError('This is the only preview token of the space: without one no editor sees a draft.', {
    hint: 'Replace it with `npx keyblok tokens rotate`, or revoke it all the same with --force.',
  })
}
