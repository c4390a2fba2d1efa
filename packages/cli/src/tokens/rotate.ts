import type { Management } from '@keyblok/core/management'
import { CliError } from '../command/cli-error.js'
import { readEnvFile } from '../environment/env-files.js'
import { writeEnvFile } from '../environment/write-env-file.js'
import { createApiKey, deleteApiKey, listApiKeys } from '../storyblok/api-keys.js'
import type { ApiKey } from '../storyblok/api-keys.js'
import type { Rotation, RotationJournal } from './journal.js'
import { splitTokens } from './token-variables.js'
import { verifyToken } from './verify-token.js'

/** Where a rotation works. */
export interface RotationSite {
  management: Management
  /** The space's path in the API. */
  space: string
  journal: RotationJournal
  /** Looks a variable up. */
  env(name: string): string | undefined
}

/** Which token is rotated, and what becomes of it. */
export interface RotationPlan extends Pick<Rotation, 'spaceId' | 'kind' | 'file' | 'variable'> {
  old: ApiKey
  /** How long the old token stays valid, in milliseconds. */
  overlap: number
}

/** Begins a rotation: from here on it can be gone on with. */
export async function beginRotation(site: RotationSite, { old, ...plan }: RotationPlan): Promise<Rotation> {
  const known = await listApiKeys(site.management, site.space)
  const { spaceId, kind, file, variable } = plan
  const name =
    `${old.name.replace(/ \(rotated [\d-]+\)$/, '')} (rotated ${new Date().toISOString().slice(0, 10)})`.trim()
  const rotation: Rotation = { spaceId, kind, file, variable, oldId: old.id, knownIds: known.map(({ id }) => id), name }
  site.journal.write(rotation)
  return rotation
}

/**
 * Makes the new token, or finds the one that an interrupted run made: its answer may have been lost, but the list of
 * tokens tells it.
 */
export async function ensureNewToken(site: RotationSite, rotation: Rotation): Promise<ApiKey> {
  const keys = await listApiKeys(site.management, site.space)
  const made = keys.find(({ id, name }) =>
    rotation.newId === undefined ? name === rotation.name && !rotation.knownIds.includes(id) : id === rotation.newId,
  )
  if (!made && rotation.newId !== undefined) {
    throw new CliError('The new token was revoked meanwhile.', {
      hint: `Delete the folder .keyblok and rotate again; the old token is still in ${rotation.file}.`,
    })
  }
  const key = made ?? (await createApiKey(site.management, site.space, likeOld(keys, rotation)))
  site.journal.write({ ...rotation, newId: key.id })
  await verifyToken(key.token, site.env)
  return key
}

function likeOld(keys: readonly ApiKey[], { oldId, kind, name }: Rotation): Parameters<typeof createApiKey>[2] {
  const old = keys.find(({ id }) => id === oldId)
  if (!old) throw new CliError('The token that is to be replaced was revoked meanwhile.')
  const { storyIds, releaseIds, branchId, minCache } = old
  return { kind, name, storyIds, releaseIds, branchId, minCache }
}

/**
 * Writes the new token into the environment file. The old preview token stays behind it: sites read with the first, and
 * verify editors with all.
 *
 * @returns The rotation as it is now, and whether git would add the file.
 */
export function writeNewToken(
  site: RotationSite,
  rotation: Rotation,
  key: ApiKey,
  overlap: number,
): { rotation: Rotation; addable: boolean } {
  const { file, variable, kind } = rotation
  const value = key.token.reveal()
  const before = splitTokens(readEnvFile(file)[variable])
  const after = kind === 'preview' ? [value, ...before.filter((token) => token !== value)] : [value]
  const { addable } = writeEnvFile(file, { [variable]: after.join(',') })
  const revokeAt = rotation.revokeAt ?? new Date(Date.now() + overlap).toISOString()
  const written = { ...rotation, newId: key.id, revokeAt }
  site.journal.write(written)
  return { rotation: written, addable }
}

/** Revokes the old token, takes it out of the environment file, and ends the rotation. */
export async function endRotation(site: RotationSite, rotation: Rotation): Promise<void> {
  const { file, variable, oldId, newId } = rotation
  const keys = await listApiKeys(site.management, site.space)
  const fresh = keys.find(({ id }) => id === newId)
  const old = keys.find(({ id }) => id === oldId)
  const held = splitTokens(readEnvFile(file)[variable])
  if (!fresh || !held.includes(fresh.token.reveal())) {
    throw new CliError(`${file} does not hold the new token, so the old one is not revoked.`, {
      hint: 'Run `npx keyblok tokens rotate` again: it writes it.',
    })
  }
  // The file first: if the rest is interrupted, a token that is still valid is only missing, and is revoked next time.
  if (old) {
    const rest = held.filter((token) => token !== old.token.reveal())
    if (rest.length < held.length) writeEnvFile(file, { [variable]: rest.join(',') })
    await deleteApiKey(site.management, site.space, oldId)
  }
  site.journal.end()
}
