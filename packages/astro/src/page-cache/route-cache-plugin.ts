import { fileURLToPath } from 'node:url'
import type { AstroConfig, AstroIntegration } from 'astro'

type UpdateConfig = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0]['updateConfig']
type Config = Parameters<UpdateConfig>[0]
type Plugin = NonNullable<NonNullable<Config['vite']>['plugins']>[number]

const providerId = 'virtual:keyblok/cache-provider'

/** Puts our own around the cache of rendered pages that a site has configured; a site without one gets none. */
export function aroundRouteCache({ cache, root }: AstroConfig): Config {
  const provider = cache?.provider
  if (!provider) return {}
  const entrypoint = provider.entrypoint instanceof URL ? fileURLToPath(provider.entrypoint) : provider.entrypoint
  return {
    cache: { provider: { ...provider, entrypoint: fileURLToPath(new URL('./route-cache.js', import.meta.url)) } },
    vite: { plugins: [provideProvider(entrypoint, fileURLToPath(new URL('package.json', root)))] },
  }
}

/** Gives the site's own provider, as seen from the project: under pnpm our package does not find it. */
function provideProvider(entrypoint: string, importer: string): Plugin {
  return {
    name: 'keyblok:cache-provider',
    enforce: 'pre',
    resolveId: {
      filter: { id: new RegExp(`^${providerId}$`) },
      handler() {
        return this.resolve(entrypoint, importer)
      },
    },
  }
}
