import { existsSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { listFiles } from '@keyblok/vite/files'

/** Where builds of the frameworks and of their adapters write, and which folders in there are for browsers. */
const outputs: readonly { folder: string; browser: readonly string[]; server?: RegExp }[] = [
  { folder: 'dist', browser: ['client'], server: /^_worker\.js/ },
  { folder: 'build', browser: ['client', 'prerendered'] },
  { folder: join('.svelte-kit', 'output'), browser: ['client', 'prerendered'] },
  { folder: join('.svelte-kit', 'cloudflare'), browser: ['client'], server: /^_worker\.js/ },
  { folder: join('.vercel', 'output'), browser: ['static'] },
  // The pages lie in the folder that is published, which is one of those above.
  { folder: '.netlify', browser: ['static'], server: /./ },
]

/** What was built, by who gets it. */
export interface BuildOutput {
  /** The folders that there are, from the project’s. */
  folders: string[]
  browser: string[]
  server: string[]
}

/** Lists the files that builds wrote. An output without a folder for browsers is theirs as a whole. */
export function buildOutput(root: string): BuildOutput {
  const output: BuildOutput = { folders: [], browser: [], server: [] }
  for (const { folder, browser, server } of outputs) {
    const path = join(root, folder)
    if (!existsSync(path)) continue
    output.folders.push(folder)
    const own = browser.filter((name) => existsSync(join(path, name)))
    for (const file of listFiles([path]).filter((found) => !isEnvFile(found))) {
      const inside = relative(path, file)
      const isServer = server?.test(inside) || (own.length > 0 && !own.includes(inside.split(sep)[0] ?? ''))
      output[isServer ? 'server' : 'browser'].push(file)
    }
  }
  return output
}

/** Adapters copy them beside the server’s code, where no server hands them out. */
function isEnvFile(file: string): boolean {
  return /^(\.env(\..+)?|\.dev\.vars)$/.test(basename(file))
}
