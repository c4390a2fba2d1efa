import { relative } from 'node:path'
import { collectSecrets } from '@keyblok/core/guard'
import { describeFinding, searchFiles, SecretSearch } from '@keyblok/vite/files'
import type { FileFinding } from '@keyblok/vite/files'
import { buildOutput } from '../../project/build-output.js'
import type { FindingId } from '../catalogue.js'
import { leftOut } from '../check.js'
import type { Check } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'

/** Searches what was built: what browsers get apart from the server’s code. */
export const buildOutputCheck: Check = {
  title: 'Built files',
  async run({ folder, env, secrets, isIgnored }) {
    const { folders, browser, server } = buildOutput(folder)
    if (folders.length === 0) return leftOut('Nothing was built here.')
    const search = new SecretSearch({ secrets: collectSecrets((name) => env[name], Object.keys(env), secrets) })
    const [forBrowsers, forServers] = [await searchFiles(browser, search), await searchFiles(server, search)]
    const tell = (found: FileFinding, id: FindingId): Finding => {
      const place = found.isInName ? '' : `:${found.line}:${found.column}`
      return finding(id, `It holds ${describeFinding(found)}.`, search.mask(`${relative(folder, found.file)}${place}`))
    }
    const findings = [
      ...forBrowsers.findings.filter(({ looksLike }) => !looksLike).map((found) => tell(found, 'token-in-output')),
      ...forBrowsers.findings
        .filter(({ looksLike, file }) => looksLike && !isIgnored(relative(folder, file)))
        .map((found) => tell(found, 'looks-like-token-in-output')),
      ...forServers.findings
        .filter(({ looksLike }) => !looksLike)
        .map((found) => tell(found, 'token-in-server-bundle')),
    ]
    const sought =
      search.labels.length === 0
        ? 'No token is known, so only what looks like one was sought'
        : `Searched for the ${search.labels.join(', the ')}`
    return {
      findings,
      said: `${sought}: ${browser.length} files for browsers, ${server.length} of servers, in ${folders.join(', ')}.`,
    }
  },
}
