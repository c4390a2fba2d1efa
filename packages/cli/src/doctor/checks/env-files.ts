import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { envFiles, readEnvFile } from '../../environment/env-files.js'
import { askGit, isAddableToGit, isTrackedByGit } from '../../environment/git.js'
import type { Check } from '../check.js'
import { finding } from '../finding.js'
import { isPlaceholder } from '../placeholder.js'

/** Looks at how the files are kept that hold tokens. */
export const envFilesCheck: Check = {
  title: 'Environment files',
  run({ folder }) {
    const files = envFiles.filter((file) => existsSync(join(folder, file)))
    const secret = files.filter((file) => holdsSecret(join(folder, file)))
    const asked = askGit(() => secret.filter((file) => isAddable(join(folder, file))))
    const addable = typeof asked === 'string' ? [] : asked
    const readable = secret.filter((file) => isReadableByOthers(join(folder, file)))
    const findings = [
      ...addable.map((file) => finding('env-file-not-ignored', 'It holds tokens, and git does not ignore it.', file)),
      ...readable.map((file) => finding('env-file-readable', 'It holds tokens, and other users may read it.', file)),
    ]
    const said =
      files.length === 0
        ? 'There are none.'
        : `${files.join(', ')}: whether git would take them, and who may read them.`
    return { findings, said: typeof asked === 'string' ? `${said} ${asked}` : said }
  },
}

function holdsSecret(file: string): boolean {
  return Object.entries(readEnvFile(file)).some(
    ([name, value = '']) =>
      /STORYBLOK.*(TOKEN|SECRET)$/.test(name) && value.trim() !== '' && !isPlaceholder(name, value),
  )
}

/** What is tracked already is told with the files in git. */
function isAddable(file: string): boolean {
  return isAddableToGit(file) && !isTrackedByGit(file)
}

/** Windows keeps such rights elsewhere. */
function isReadableByOthers(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o004) !== 0
}
