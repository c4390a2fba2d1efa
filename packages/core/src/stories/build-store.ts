import type { BuildStores } from '../connection.js'
import type { BuildStore } from './bulk.js'
import type { Story } from './types.js'
import { sha256 } from '../encoding.js'

interface FileSystem {
  promises: {
    mkdir(path: string, options: { recursive: true }): Promise<unknown>
    readFile(path: string, encoding: 'utf8'): Promise<string>
    writeFile(path: string, data: string): Promise<void>
    rename(from: string, to: string): Promise<void>
  }
}

/**
 * Keeps what a build read in files of a folder, one a source, so that the processes of one build read each source once.
 * A failing disk only costs another read.
 *
 * @param folder - The folder. That of drafts must be another one than that of published stories, and go with the build.
 * @returns The store, or `undefined` where there is no file system.
 */
export function createBuildStore(folder: string): BuildStore | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const fileSystem = process?.getBuiltinModule?.('node:fs') as FileSystem | undefined
  if (!fileSystem) return undefined
  const { mkdir, readFile, writeFile, rename } = fileSystem.promises
  const pathOf = async (key: string): Promise<string> => `${folder}/${(await sha256(key)).slice(0, 32)}.json`

  return {
    async get(key) {
      try {
        const entry = JSON.parse(await readFile(await pathOf(key), 'utf8')) as { key?: unknown; stories?: unknown }
        return entry.key === key && Array.isArray(entry.stories) ? (entry.stories as Story[]) : undefined
      } catch {
        return undefined
      }
    },
    async set(key, stories) {
      const path = await pathOf(key)
      try {
        await mkdir(folder, { recursive: true })
        // Renamed when it is whole: another process may be reading.
        const part = `${path}.${crypto.randomUUID()}`
        await writeFile(part, JSON.stringify({ key, stories }))
        await rename(part, path)
      } catch (error) {
        console.warn('[keyblok] What the build read could not be kept:', (error as Error).message)
      }
    },
  }
}

/** The variables by which the build tells its processes where to keep what they read. */
export const buildStoreVariables = { published: 'KEYBLOK_PUBLISHED_STORE', draft: 'KEYBLOK_DRAFT_STORE' } as const

/** Finds the stores of the build that this process belongs to; none outside of builds. */
export function findBuildStores(): BuildStores {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  const storeOf = (variable: string): BuildStore | undefined => {
    const folder = process?.env?.[variable]
    return folder === undefined ? undefined : createBuildStore(folder)
  }
  return { published: storeOf(buildStoreVariables.published), draft: storeOf(buildStoreVariables.draft) }
}
