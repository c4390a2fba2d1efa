import { execFileSync } from 'node:child_process'

/** Lists what git tracks below a folder; `undefined` where there is no repository, or no git. */
export function trackedFiles(folder: string): string[] | undefined {
  return listFiles(folder, [])
}

/** Lists which of some files git would add: those that it neither tracks nor ignores. */
export function addableFiles(folder: string, files: readonly string[]): string[] {
  if (files.length === 0) return []
  return listFiles(folder, ['--others', '--exclude-standard', '--', ...files]) ?? []
}

function listFiles(folder: string, args: readonly string[]): string[] | undefined {
  try {
    const listed = execFileSync('git', ['ls-files', '-z', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 30,
    })
    return listed.split('\0').filter((file) => file !== '')
  } catch {
    return undefined
  }
}
