import { fileURLToPath } from 'node:url'
import type { Region, Routing } from '@keyblok/core'
import { detectEnvironment } from '@keyblok/core/server'
import {
  guardPlugins,
  loadEnvFiles,
  provideBuildStores,
  runtimeGuard,
  typesPlugin,
  virtualModules,
} from '@keyblok/vite'
import type { AstroConfig, AstroIntegration } from 'astro'
import { devRequests } from './dev-requests.js'
import { envSchema } from './env.js'
import { leakScan } from './leak-scan.js'
import { validateOptions } from './options.js'
import type { KeyblokOptions } from './options.js'
import { ContentRefresher } from './refresh-content.js'
import { canRenderOnDemand } from './render-on-demand.js'
import { aroundRouteCache } from './route-cache-plugin.js'
import { refreshedEvent, refreshEvent } from './toolbar/events.js'
import { icon } from './toolbar/icon.js'

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
export function keyblok(options: KeyblokOptions = {}): AstroIntegration {
  validateOptions(options)
  const { bloks, drafts, guard = {}, preview = {}, region, space, spaces, toolbar = true, types, webhook } = options
  const guards = guardPlugins(guard, {
    entries: { '@keyblok/astro/server': fileURLToPath(new URL('./server.js', import.meta.url)) },
    deniedFiles,
    deniedModules,
  })
  const refresher = new ContentRefresher()
  /** The project's folder, while its prerendered pages are rendered on demand. */
  let onDemandRoot: string | undefined
  return {
    name: '@keyblok/astro',
    hooks: {
      'astro:config:setup': ({
        addDevToolbarApp,
        addMiddleware,
        command,
        config,
        injectRoute,
        logger,
        updateConfig,
      }) => {
        const dev = command === 'dev'
        const root = fileURLToPath(config.root)
        const canRender = dev || config.adapter !== undefined
        const env = loadEnvFiles(dev ? 'development' : 'production', root)
        const staging = command === 'build' && detectEnvironment((name) => env[name], false).name === 'staging'
        if (preview !== false && canRender && (dev || staging)) onDemandRoot = root
        if (command === 'build') provideBuildStores(fileURLToPath(config.cacheDir))
        addMiddleware({ order: 'pre', entrypoint: new URL('./middleware.js', import.meta.url) })
        if (dev && toolbar) {
          const entrypoint = new URL('./toolbar/app.js', import.meta.url)
          addDevToolbarApp({ id: 'keyblok', name: 'Keyblok', icon, entrypoint })
        }
        if (webhook !== undefined && canRender) {
          injectRoute({ pattern: webhook, entrypoint: new URL('./webhook.js', import.meta.url), prerender: false })
        } else if (webhook !== undefined) logger.warn(`${webhook} is not there: an endpoint needs an adapter.`)
        updateConfig(aroundRouteCache(config))
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
                  preview: preview !== false,
                  guard: runtimeGuard(guard),
                  spaces,
                  routing: routingOf(config),
                  variables: variablesOf(space, region),
                  // Several platforms say what a deployment is to its build only.
                  built: dev ? undefined : detectEnvironment((name) => process.env[name], false),
                },
              }),
              typesPlugin({ types, defaultOut: 'src/storyblok/types.ts', module: '@keyblok/astro/stories' }),
              devRequests(),
              ...(webhook === undefined ? [] : [refresher.plugin(webhook)]),
            ],
          },
        })
      },
      'astro:route:setup': ({ route }) => {
        if (onDemandRoot === undefined) return
        const { onDemand = (file: string): boolean => canRenderOnDemand(onDemandRoot ?? '', file) } = preview || {}
        if (isPage(route.component) && onDemand(route.component)) route.prerender = false
      },
      'astro:config:done': ({ injectTypes }) => {
        injectTypes({ filename: 'locals.d.ts', content: injectedTypes })
      },
      'astro:server:setup': ({ refreshContent, toolbar: app }) => {
        refresher.refreshContent = refreshContent
        app.on(refreshEvent, () => void refresher.refresh().then(() => app.send(refreshedEvent, {})))
      },
    },
  }
}

/** What is configured stands in for variables that are not set. */
function variablesOf(space: number | undefined, region: Region | undefined): Record<string, string> {
  return {
    ...(space !== undefined && { STORYBLOK_SPACE_ID: String(space) }),
    ...(region !== undefined && { STORYBLOK_REGION: region }),
  }
}

/** Packages bring routes of their own, which are none of the site's pages. */
function isPage(component: string): boolean {
  return component.startsWith('src/')
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
