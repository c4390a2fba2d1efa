import { fileURLToPath } from 'node:url'
import type { DraftsPolicy, EnvPrefix, Routing } from '@keyblok/core'
import { detectEnvironment } from '@keyblok/core/server'
import { guardPlugins, provideBuildStores, runtimeGuard, typesPlugin, virtualModules } from '@keyblok/vite'
import type { GuardOptions, TypesOptions } from '@keyblok/vite'
import type { AstroConfig, AstroIntegration } from 'astro'
import { devRequests } from './dev-requests.js'
import { envSchema } from './env.js'
import { leakScan } from './leak-scan.js'

/** The integration's options; all of them have defaults. */
export interface KeyblokOptions {
  /**
   * The file whose default export maps component names to Astro components, `src/storyblok/bloks.ts` by default; or a
   * folder of components, where `ArticleCard.astro` shows the blok `article_card`.
   */
  bloks?: string
  /** Who sees drafts on a staging site. */
  drafts?: DraftsPolicy
  /** How secrets are kept from browsers. */
  guard?: GuardOptions
  /**
   * Whether requests keep within Storyblok's rate limits, as they do by default. A whole space is read faster without, from
   * an API that has none, such as a local space.
   */
  rateLimit?: boolean
  /** The variable prefixes of all spaces that the site reads, so that the editors of each are known. */
  spaces?: readonly EnvPrefix[]
  /**
   * Where the types of the space's components come from and go to. They are written in dev, once Storyblok's command line
   * pulled the components; `false` writes none.
   */
  types?: TypesOptions | false
}

/** Where the component map lies unless an option says otherwise. */
const bloksDefaults = ['src/storyblok/bloks.ts', 'src/storyblok/bloks.js']

const injectedTypes = `declare namespace App {
  interface Locals {
    /** Reads Storyblok content with the access of this request. */
    storyblok: import('@keyblok/astro/server').Storyblok
  }
}

// Plain tsc does not know what an Astro file holds; astro check does, and goes by the file itself.
declare module '*.astro' {
  const Component: (props: any) => any
  export default Component
}
`

/** What Astro’s dev server would serve: the configuration’s source, and drafts. */
const deniedFiles = ['astro.config.*', '**/.astro/data-store*', '**/.astro/data-store*/**']
const deniedModules = ['astro:data-layer-content']

/**
 * Connects an Astro site to a Storyblok space. Tokens come from the environment, at run time.
 *
 * @example
 * ```ts
 * import keyblok from '@keyblok/astro'
 * import { defineConfig } from 'astro/config'
 *
 * export default defineConfig({ integrations: [keyblok()] })
 * ```
 */
export function keyblok({
  bloks,
  drafts,
  guard = {},
  rateLimit,
  spaces,
  types,
}: KeyblokOptions = {}): AstroIntegration {
  const guards = guardPlugins(guard, {
    entries: { '@keyblok/astro/server': fileURLToPath(new URL('./server.js', import.meta.url)) },
    deniedFiles,
    deniedModules,
  })
  return {
    name: '@keyblok/astro',
    hooks: {
      'astro:config:setup': ({ addMiddleware, command, config, updateConfig }) => {
        const dev = command === 'dev'
        if (command === 'build') provideBuildStores(fileURLToPath(config.cacheDir))
        addMiddleware({ order: 'pre', entrypoint: new URL('./middleware.js', import.meta.url) })
        updateConfig({
          // Appended to the site's own, so that it sees what they write.
          integrations: [leakScan(guard)],
          env: { schema: envSchema },
          vite: {
            plugins: [
              ...guards,
              virtualModules({
                bloks,
                bloksDefaults,
                extension: '.astro',
                content: types ? types.content : undefined,
                options: {
                  dev,
                  drafts,
                  guard: runtimeGuard(guard),
                  rateLimit,
                  spaces,
                  routing: routingOf(config),
                  // Several platforms say what a deployment is to its build only.
                  built: dev ? undefined : detectEnvironment((name) => process.env[name], false),
                },
              }),
              typesPlugin({ types, defaultOut: 'src/storyblok/types.ts', module: '@keyblok/astro/stories' }),
              devRequests(),
            ],
          },
        })
      },
      'astro:config:done': ({ injectTypes }) => {
        injectTypes({ filename: 'locals.d.ts', content: injectedTypes })
      },
    },
  }
}

/** What Astro's configuration says of paths; a space's own words go first. */
function routingOf({ base, trailingSlash, i18n }: AstroConfig): Routing {
  const { routing } = i18n ?? {}
  return {
    base,
    trailingSlash: trailingSlash === 'always',
    prefixDefaultLanguage: typeof routing === 'object' && routing.prefixDefaultLocale,
  }
}
