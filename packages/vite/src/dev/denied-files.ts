import type { UserConfig } from 'vite'

/** What Vite's dev server refuses to serve by default; naming more replaces the list. */
const viteDenies = ['.env', '.env.*', '*.{crt,pem,key,p12,pfx,cer,der}', '.npmrc', '.yarnrc.yml', '**/.git/**']

/**
 * Adds files that a dev server does not serve.
 *
 * @param patterns - As Vite’s `server.fs.deny` takes them: a name matches in any folder.
 */
export function denyFiles(config: UserConfig, patterns: readonly string[]): UserConfig {
  const own = config.server?.fs?.deny
  // Merged with the site's own list, which has taken the place of Vite's.
  return { server: { fs: { deny: own === undefined ? [...viteDenies, ...patterns] : [...patterns] } } }
}
