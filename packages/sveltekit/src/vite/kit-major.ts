import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Tells which major version of SvelteKit a project has. */
export function kitMajor(root: string): 2 | 3 {
  const manifest = createRequire(join(root, 'package.json')).resolve('@sveltejs/kit/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return version.startsWith('2.') ? 2 : 3
}
