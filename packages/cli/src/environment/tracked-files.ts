import { execFileSync } from 'node:child_process'

/** Lists what git tracks below a folder; `undefined` where there is no repository, or no git. */
export function trackedFiles(folder: string): string[] | undefined {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], {
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
