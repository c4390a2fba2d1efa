import { existsSync } from 'node:fs'
import { packagesOf, readPackageJson } from '../project/package-json.js'

interface Platform {
  name: string
  /** Files that tell that the project is deployed there. */
  files: readonly string[]
  /** Packages that tell it. */
  packages: readonly string[]
  /** The command that sets a variable, with the value from the environment file: no token is typed or shown. */
  command(variable: string, file: string): string
}

/** Prints the value that the file holds, whatever the environment does; in a shell of any kind. */
const read = (variable: string, file: string): string =>
  `node -p "util.parseEnv(fs.readFileSync('${file.replaceAll('\\', '/')}', 'utf8')).${variable}"`

/** As their command lines document it: `vercel env add`, `netlify env:set`, `wrangler secret put`. */
const platforms: readonly Platform[] = [
  {
    name: 'Vercel',
    files: ['vercel.json', '.vercel'],
    packages: ['@astrojs/vercel', '@sveltejs/adapter-vercel'],
    command: (variable, file) =>
      `${read(variable, file)} | npx vercel env add ${variable} production --sensitive --force`,
  },
  {
    name: 'Netlify',
    files: ['netlify.toml', '.netlify'],
    packages: ['@astrojs/netlify', '@sveltejs/adapter-netlify'],
    command: (variable, file) => `npx netlify env:set ${variable} $(${read(variable, file)}) --secret`,
  },
  {
    name: 'Cloudflare',
    files: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'],
    packages: ['@astrojs/cloudflare', '@sveltejs/adapter-cloudflare'],
    command: (variable, file) => `${read(variable, file)} | npx wrangler secret put ${variable}`,
  },
]

/** The commands that set a variable where the project in this folder is deployed; of all platforms where nothing tells. */
export function platformCommands(variable: string, file: string): { name: string; command: string }[] {
  const packages = new Set(Object.keys(packagesOf(readPackageJson('.') ?? {})))
  const found = platforms.filter(
    (platform) =>
      platform.files.some((name) => existsSync(name)) || platform.packages.some((name) => packages.has(name)),
  )
  return (found.length > 0 ? found : platforms).map(({ name, command }) => ({ name, command: command(variable, file) }))
}
