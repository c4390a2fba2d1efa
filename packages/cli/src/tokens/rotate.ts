import type { Management } from '@keyblok/core/management'
import { CliError } from '../command/cli-error.js'
import { resolve } from 'node:path'
import type { Secret } from '@keyblok/core/server'
import { envFiles, readEnvFile } from '../environment/env-files.js'
import { writeEnvFile } from '../environment/write-env-file.js'
import { createApiKey, deleteApiKey, listApiKeys } from '../storyblok/api-keys.js'
import type { ApiKey, NewApiKey } from '../storyblok/api-keys.js'
import type { Rotation, RotationJournal } from './journal.js'
import { splitTokens, variablesHolding } from './token-variables.js'
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

/** Which token is rotated, and where the new one goes. */
export interface RotationPlan extends Pick<Rotation, 'spaceId' | 'kind' | 'file' | 'variable'> {
  old: ApiKey
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

/** The tokens of a rotation. */
export interface RotatedTokens {
  fresh: ApiKey
  /** The one that is replaced; `undefined` when somebody has revoked it. */
  old: ApiKey | undefined
}

/**
 * Makes the new token, or finds the one that an interrupted run made: its answer may have been lost, but the list of
 * tokens tells it.
 */
export async function ensureNewToken(site: RotationSite, rotation: Rotation): Promise<RotatedTokens> {
  const keys = await listApiKeys(site.management, site.space)
  const old = keys.find(({ id }) => id === rotation.oldId)
  const made = keys.find((key) => isNewToken(key, rotation))
  if (!made && rotation.newId !== undefined) {
    throw new CliError(`The new token, ${rotation.newId}, was revoked meanwhile.`, {
      hint: `Delete ${site.journal.file}, and rotate again.`,
    })
  }
  const fresh = made ?? (await createApiKey(site.management, site.space, likeOld(old, rotation, site.journal)))
  site.journal.write({ ...rotation, newId: fresh.id })
  await verifyToken(fresh.token, site.env)
  return { fresh, old }
}

function isNewToken({ id, name, kind }: ApiKey, rotation: Rotation): boolean {
  if (kind !== rotation.kind) return false
  return rotation.newId === undefined
    ? name === rotation.name && !rotation.knownIds.includes(id)
    : id === rotation.newId
}

function likeOld(old: ApiKey | undefined, { kind, name, oldId }: Rotation, journal: RotationJournal): NewApiKey {
  if (!old) {
    throw new CliError(`The token that is to be replaced, ${oldId}, was revoked meanwhile.`, {
      hint: `Delete ${journal.file}, and make a new one: npx keyblok tokens create`,
    })
  }
  const { storyIds, releaseIds, branchId, minCache } = old
  return { kind, name, storyIds, releaseIds, branchId, minCache }
}

/**
 * Writes the new token into the environment file, if it is not there. The old preview token stays behind it: sites read
 * with the first, and verify editors with all.
 *
 * @returns The rotation as it is now, and whether git would add the file.
 */
export function writeNewToken(
  site: RotationSite,
  rotation: Rotation,
  { fresh, old }: RotatedTokens,
  overlap: number,
): { rotation: Rotation; addable: boolean } {
  const { file, variable, kind } = rotation
  const before = splitTokens(readEnvFile(file)[variable])
  const kept = kind === 'preview' ? [...before, ...(old ? [old.token.reveal()] : [])] : []
  const after = [...new Set([fresh.token.reveal(), ...kept])]
  const { addable } = writeEnvFile(file, { [variable]: after.join(',') })
  const revokeAt = rotation.revokeAt ?? new Date(Date.now() + overlap).toISOString()
  const written = { ...rotation, newId: fresh.id, revokeAt }
  site.journal.write(written)
  return { rotation: written, addable }
}

/** Whether the environment file has the new token as the first. */
export function isWritten({ file, variable, revokeAt }: Rotation, { fresh }: RotatedTokens): boolean {
  return revokeAt !== undefined && splitTokens(readEnvFile(file)[variable])[0] === fresh.token.reveal()
}

/**
 * Revokes the old token, takes it out of the environment file, and ends the rotation.
 *
 * @param force - Even if another file, or the environment, holds the old token.
 * @throws {CliError} When something else here still uses the old token.
 */
export async function endRotation(
  site: RotationSite,
  { file, variable, oldId }: Rotation,
  { old }: RotatedTokens,
  force: boolean,
): Promise<void> {
  if (old) {
    const others = placesHolding(old.token, file)
    if (others.length > 0 && !force) {
      throw new CliError(`The old token is still in use here: ${others.join(', ')}.`, {
        hint: 'Put the new one there, and run the command again; or give --force.',
      })
    }
    // The file first: if the rest is interrupted, a token that is still valid is only missing, and is revoked next time.
    const held = splitTokens(readEnvFile(file)[variable])
    const rest = held.filter((token) => token !== old.token.reveal())
    if (rest.length < held.length) writeEnvFile(file, { [variable]: rest.join(',') })
    await deleteApiKey(site.management, site.space, oldId)
  }
  site.journal.end()
}

/** Names the other files, and the variables of the environment, that hold a token. */
function placesHolding(token: Secret, except: string): string[] {
  const inFiles = envFiles
    .filter((file) => resolve(file) !== resolve(except))
    .flatMap((file) => variablesHolding(token, readEnvFile(file)).map((variable) => `${variable} in ${file}`))
  return [...inFiles, ...variablesHolding(token, process.env).map((variable) => `${variable} of the environment`)]
}
