import { fileURLToPath } from 'node:url'
import { KeyblokError } from '@keyblok/core'
import type { Routing } from '@keyblok/core'
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
import { privateAssetsCheck } from './private-assets-check.js'
import { ContentRefresher } from './refresh-content.js'
import { canRenderOnDemand } from './render-on-demand.js'
import { aroundRouteCache } from './route-cache-plugin.js'
import { setUpImageService } from './set-up-image-service.js'
import { refreshedEvent, refreshEvent } from './toolbar/events.js'
import { icon } from './toolbar/icon.js'

/** Where the component map lies unless an option says otherwise. */
const bloksDefaults = ['src/storyblok/bloks.ts', 'src/storyblok/bloks.js']

/** Where the space is defined unless an option says otherwise. */
const storiesDefaults = ['src/storyblok/stories.ts', 'src/storyblok/stories.js']

const injectedTypes = `declare namespace App {
  interface Locals {
    /** Reads Storyblok content with the access of this request. */
    storyblok: import('@keyblok/astro/server').Storyblok
  }
}

declare module 'virtual:keyblok/space' {
  /** The site's space, with the routing of its Astro configuration. */
  const space: import('@keyblok/astro/stories').Space
  export default space
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
  const {
    bloks,
    drafts,
    guard = {},
    images = {},
    preview = {},
    privateAssets,
    spaces,
    stories,
    toolbar = true,
    types,
    webhook,
  } = options
  const guards = guardPlugins(guard, {
    entries: { '@keyblok/astro/server': fileURLToPath(new URL('./server.js', import.meta.url)) },
    deniedFiles,
    deniedModules,
  })
  const refresher = new ContentRefresher()
  /** The project's folder, while its prerendered pages are rendered on demand. */
  let onDemandRoot: string | undefined
  let building = false
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
        const routing = routingOf(config)
        building = command === 'build'
        const root = fileURLToPath(config.root)
        const canRender = dev || config.adapter !== undefined
        const env = loadEnvFiles(dev ? 'development' : 'production', root)
        const staging = building && detectEnvironment((name) => env[name], false).name === 'staging'
        if (preview !== false && canRender && (dev || staging)) onDemandRoot = root
        if (building) provideBuildStores(fileURLToPath(config.cacheDir))
        addMiddleware({ order: 'pre', entrypoint: new URL('./middleware.js', import.meta.url) })
        if (dev && toolbar) {
          const entrypoint = new URL('./toolbar/app.js', import.meta.url)
          addDevToolbarApp({ id: 'keyblok', name: 'Keyblok', icon, entrypoint })
        }
        if (webhook !== undefined && canRender) {
          injectRoute({ pattern: webhook, entrypoint: new URL('./webhook.js', import.meta.url), prerender: false })
        } else if (webhook !== undefined) logger.warn(`${webhook} is not there: an endpoint needs an adapter.`)
        updateConfig(aroundRouteCache(config))
        const imageService = images.service ? setUpImageService(config.image.service, dev) : undefined
        updateConfig({
          ...(imageService && { image: imageService.image }),
          // Appended to the site's own, so that it sees what they write.
          integrations: [leakScan(guard), ...(privateAssets === undefined ? [] : [privateAssetsCheck(privateAssets)])],
          env: { schema: envSchema },
          vite: {
            define: { 'import.meta.env.KEYBLOK_ROUTING': JSON.stringify(routing) },
            plugins: [
              ...guards,
              virtualModules({
                bloks,
                bloksDefaults,
                stories,
                storiesDefaults,
                entry: '@keyblok/astro/stories',
                routing,
                extension: '.astro',
                content: types ? types.content : undefined,
                options: {
                  dev,
                  building: command === 'build',
                  drafts,
                  preview: preview !== false,
                  guard: runtimeGuard(guard),
                  spaces,
                  privateAssets: privateAssets === undefined ? undefined : joinPaths(config.base, privateAssets),
                  routing,
                  variables: variablesOf(options),
                  // Several platforms say what a deployment is to its build only.
                  built: dev ? undefined : detectEnvironment((name) => process.env[name], false),
                },
              }),
              typesPlugin({ types, defaultOut: 'src/storyblok/types.ts', module: '@keyblok/astro/stories' }),
              devRequests(),
              ...(webhook === undefined ? [] : [refresher.plugin(webhook)]),
              imageService?.plugin,
            ],
          },
        })
      },
      'astro:route:setup': ({ route }) => {
        if (onDemandRoot === undefined) return
        const { onDemand = (file: string): boolean => canRenderOnDemand(onDemandRoot ?? '', file) } = preview || {}
        if (isPage(route.component) && onDemand(route.component)) route.prerender = false
      },
      'astro:config:done': ({ config, injectTypes, logger }) => {
        injectTypes({ filename: 'locals.d.ts', content: injectedTypes })
        // Astro itself refuses a site with pages on demand and no adapter.
        if (building && !config.adapter)
          logger.info('preview is off, since the site has no adapter to show drafts on demand')
      },
      'astro:build:ssr': ({ middlewareEntryPoint }) => {
        if (middlewareEntryPoint) throw edgeError()
      },
      'astro:server:setup': ({ refreshContent, toolbar: app }) => {
        refresher.refreshContent = refreshContent
        app.on(refreshEvent, () => void refresher.refresh().then(() => app.send(refreshedEvent, {})))
      },
    },
  }
}

/** What is configured stands in for variables that are not set. */
function variablesOf({ region, space }: KeyblokOptions): Record<string, string> {
  return {
    ...(space !== undefined && { STORYBLOK_SPACE_ID: String(space) }),
    ...(region !== undefined && { STORYBLOK_REGION: region }),
  }
}

/** Packages bring routes of their own, which are none of the site's pages. */
function isPage(component: string): boolean {
  return component.startsWith('src/')
}

/** At the edge middleware has no variables, and can give the page data only, no reader. */
function edgeError(): KeyblokError {
  const details =
    'The adapter runs middleware apart from the pages, at the edge, where no page can get its reader from it.'
  const hint = "Take `middlewareMode: 'edge'` and `edgeMiddleware` out of the adapter’s options."
  return new KeyblokError('KB_CONFIGURATION_INVALID', details, { hint })
}

/** What Astro's configuration says of paths; a space's own words go first. */
function routingOf({ base, trailingSlash, i18n }: AstroConfig): Routing {
  return { base, trailingSlash: trailingSlash === 'always', ...(i18n && languageRoutingOf(i18n)) }
}

/** A locale can have several codes, and a path that is none of them. */
function languageRoutingOf({ routing, locales, defaultLocale }: NonNullable<AstroConfig['i18n']>): Routing {
  const paths = locales.flatMap((locale) =>
    typeof locale === 'string' ? [[locale, locale]] : locale.codes.map((code) => [code, locale.path]),
  )
  return {
    prefixDefaultLanguage: typeof routing === 'object' && routing.prefixDefaultLocale,
    defaultLanguage: paths.find(([, path]) => path === defaultLocale)?.[0],
    languagePaths: Object.fromEntries(paths) as Record<string, string>,
  }
}

function joinPaths(base: string, path: string): string {
  return `${base.replace(/\/$/, '')}/${path.replace(/^\/|\/$/g, '')}`
}
