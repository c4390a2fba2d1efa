import { execFileSync } from 'node:child_process'
import { collectSecrets } from '@keyblok/core/guard'
import { describeFinding, searchFiles, SecretSearch } from '@keyblok/vite/files'
import type { FileFinding } from '@keyblok/vite/files'
import picomatch from 'picomatch'

/**
 * Searches the files that git tracks for the environment’s secrets, and for what looks like a token.
 *
 * @param env - The variables that hold the tokens.
 * @param others - The variables that hold other secrets.
 * @param ignore - The files in which something may look like a token, as a glob.
 * @returns Whether none was found.
 */
export async function checkCommitted(
  env: Readonly<Record<string, string | undefined>>,
  others: readonly string[],
  ignore?: string,
): Promise<boolean> {
  const files = trackedFiles()
  if (!files) {
    console.log('This folder is in no git repository: no file is tracked.')
    return true
  }
  const search = new SecretSearch({ secrets: collectSecrets((name) => env[name], Object.keys(env), others) })
  const { findings, files: searched } = await searchFiles(files, search)
  const isIgnored = ignore === undefined ? () => false : picomatch(ignore, { dot: true })
  const counted = findings.filter(({ file, looksLike }) => !looksLike || !isIgnored(file))
  for (const finding of counted) console.log(describe(finding))
  if (counted.length > 0) console.log(`\n${cureOf(counted)}\n`)
  const what = [...search.labels.map((label) => `the ${label}`), 'what looks like a token'].join(', ')
  console.log(`${searched} tracked files below this folder searched for ${what}: ${counted.length || 'none'} found.`)
  console.log('What earlier commits held was not searched.')
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
  const { file, line, column } = finding
  return `${file}:${line}:${column} holds ${describeFinding(finding)}, and git tracks it.`
}

function cureOf(findings: readonly FileFinding[]): string {
  const places = [
    ...(findings.some(({ label }) => /^(?!personal|secret)/i.test(label)) ? ['Settings → Access tokens'] : []),
    ...(findings.some(({ label }) => label.startsWith('personal'))
      ? ['My account → Account settings → Personal access tokens']
      : []),
  ]
  const where = places.length > 0 ? ` (in Storyblok: ${places.join('; ')})` : ''
  const looks = findings.some(({ looksLike }) => looksLike)
  return `Whoever has the repository, or ever had it, has the secret; deleting the line does not take it back.
Replace it: create a new one${where}, set it in the environment wherever the site runs, and then delete the old one.${
    looks ? '\nWhat only looks like a token, as in documentation, can be left out: --ignore "docs/**"' : ''
  }`
}
