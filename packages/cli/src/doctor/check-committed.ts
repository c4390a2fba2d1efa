import { execFileSync } from 'node:child_process'
import { collectSecrets } from '@keyblok/core/guard'
import { describeFinding, searchFiles, SecretSearch } from '@keyblok/vite/files'
import type { FileFinding } from '@keyblok/vite/files'
import picomatch from 'picomatch'

/**
 * Searches the files that git tracks for the environment’s tokens, and for what looks like one.
 *
 * @param env - The variables that hold the tokens.
 * @param ignore - The files in which something may look like a token, as a glob.
 * @returns Whether none was found.
 */
export async function checkCommitted(
  env: Readonly<Record<string, string | undefined>>,
  ignore?: string,
): Promise<boolean> {
  const files = trackedFiles()
  if (!files) {
    console.log('This folder is in no git repository: no file is committed.')
    return true
  }
  const search = new SecretSearch({ secrets: collectSecrets((name) => env[name], Object.keys(env)) })
  const { findings, files: searched } = await searchFiles(files, search)
  const isIgnored = ignore === undefined ? () => false : picomatch(ignore, { dot: true })
  const counted = findings.filter(({ file, looksLike }) => !looksLike || !isIgnored(file))
  for (const finding of counted) console.log(describe(finding))
  const what =
    search.labels.length > 0
      ? `the ${search.labels.join(', the ')}, and for what looks like a token`
      : 'what looks like a token'
  console.log(
    `${searched} committed files searched for ${what}: ${counted.length === 0 ? 'none found' : `${counted.length} found`}.`,
  )
  return counted.length === 0
}

/** Lists what git tracks below this folder. */
function trackedFiles(): string[] | undefined {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 30,
    })
    return listed.split('\0').filter((file) => file !== '')
  } catch {
    // No git, or no repository.
    return undefined
  }
}

function describe(finding: FileFinding): string {
  const { file, line, column, label } = finding
  const where = label.startsWith('personal')
    ? 'My account → Account settings → Personal access tokens'
    : 'Settings → Access tokens'
  return `${file}:${line}:${column} holds ${describeFinding(finding)}, and is committed.
  Whoever has the repository, or ever had it, has the secret; deleting the line does not take it back.
  Replace it: create a new one in Storyblok under ${where}, set it in the environment wherever the site runs, and then delete the old one.
`
}
