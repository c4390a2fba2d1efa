import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { envFiles } from '../../environment/env-files.js'
import { addableFiles } from '../../environment/tracked-files.js'
import type { Check } from '../check.js'
import { finding } from '../finding.js'
import { isPlaceholder } from '../placeholder.js'

/** Looks at how the files are kept that hold tokens. */
export const envFilesCheck: Check = {
  title: 'Environment files',
  run({ folder }) {
    const files = envFiles.filter((file) => existsSync(join(folder, file)))
    const secret = files.filter((file) => holdsSecret(join(folder, file)))
    const addable = addableFiles(folder, secret)
    const readable = secret.filter((file) => isReadableByOthers(join(folder, file)))
    const findings = [
      ...addable.map((file) => finding('env-file-not-ignored', 'It holds tokens, and git does not ignore it.', file)),
      ...readable.map((file) => finding('env-file-readable', 'It holds tokens, and other users may read it.', file)),
    ]
    const said =
      files.length === 0
        ? 'There are none.'
        : `${files.join(', ')}: whether git would take them, and who may read them.`
    return { findings, said }
  },
}

function holdsSecret(file: string): boolean {
  return Object.entries(parseEnv(readFileSync(file, 'utf8'))).some(
    ([name, value = '']) =>
      /STORYBLOK.*(TOKEN|SECRET)$/.test(name) && value.trim() !== '' && !isPlaceholder(name, value),
  )
}

/** Windows keeps such rights elsewhere. */
function isReadableByOthers(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o004) !== 0
}
