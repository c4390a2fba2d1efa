import { join, relative } from 'node:path'
import { collectSecrets } from '@keyblok/core/guard'
import { describeFinding, searchFiles, SecretSearch } from '@keyblok/vite/files'
import { askGit, trackedFiles } from '../../environment/git.js'
import { leftOut } from '../check.js'
import type { Check } from '../check.js'
import { finding } from '../finding.js'

/** Searches the files that git tracks for the environment’s secrets, and for what looks like a token. */
export const committedCheck: Check = {
  title: 'Files in git',
  async run({ folder, env, secrets, isIgnored }) {
    const files = askGit(() => trackedFiles(folder))
    if (typeof files === 'string') return leftOut(files)
    if (!files) return leftOut('This folder is in no git repository: no file is tracked.')
    const search = new SecretSearch({ secrets: collectSecrets((name) => env[name], Object.keys(env), secrets) })
    const paths = files.map((file) => join(folder, file))
    const { findings, files: searched } = await searchFiles(paths, search)
    const counted = findings
      .map((found) => ({ ...found, file: relative(folder, found.file) }))
      .filter(({ file, looksLike }) => !looksLike || !isIgnored(file))
    const what = [...search.labels.map((label) => `the ${label}`), 'what looks like a token'].join(', ')
    return {
      findings: counted.map((found) =>
        finding(
          found.looksLike ? 'looks-like-token' : 'token-committed',
          `It holds ${describeFinding(found)}, and git tracks it.`,
          search.mask(found.isInName ? found.file : `${found.file}:${found.line}:${found.column}`),
        ),
      ),
      said: `${searched} tracked files searched for ${what}. What earlier commits held was not searched.`,
    }
  },
}
