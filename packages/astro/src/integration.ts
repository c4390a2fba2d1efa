import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KeyblokError } from '@keyblok/core'
import { endpointFolder } from '@keyblok/core/preview'
import { detectEnvironment } from '@keyblok/core/server'
import type { Environment } from '@keyblok/core/server'
import { loadEnvFiles, provideBuildStores } from '@keyblok/vite'
import type { AstroIntegration } from 'astro'
import { privateAssetsCheck } from './assets/private-assets-check.js'
import { setUpImageService } from './assets/set-up-image-service.js'
import { forgetOtherEnvironments } from './collections/forget-other-environments.js'
import { ContentRefresher } from './collections/refresh-content.js'
import { envSchema } from './env.js'
import { injectedTypes } from './injected-types.js'
import { leakScan } from './leak-scan.js'
import { validateOptions } from './options.js'
import type { KeyblokOptions } from './options.js'
import { aroundRouteCache } from './page-cache/route-cache-plugin.js'
import { writePreviewTwins } from './paths/preview-twins.js'
import { canRenderOnDemand } from './paths/render-on-demand.js'
import { refreshedEvent, refreshEvent } from './toolbar/events.js'
import { icon } from './toolbar/icon.js'
import { vitePlugins } from './vite-plugins.js'

/**
 * Connects an Astro site to a Storyblok space. Tokens come from the environment, at run time.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every problem of the options.
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
  const { drafts, guard = {}, images = {}, preview = {}, privateAssets, toolbar = true, webhook } = options
  const refresher = new ContentRefresher()
  /** Whether a prerendered page is rendered on demand. */
  let isOnDemand: ((file: string) => boolean) | undefined
  let building = false
  let environment: Environment['name'] = 'production'
  return {
    name: '@keyblok/astro',
    hooks: {
      'astro:config:setup': (setup) => {
        const { addDevToolbarApp, addMiddleware, command, config, injectRoute, logger, updateConfig } = setup
        const dev = command === 'dev'
        const root = fileURLToPath(config.root)
        const canRender = dev || config.adapter !== undefined
        building = command === 'build'
        environment = environmentIn(root, command)
        if (building) {
          const cacheFolder = fileURLToPath(config.cacheDir)
          provideBuildStores(cacheFolder)
          forgetOtherEnvironments(cacheFolder, `${environment} ${drafts}`)
        }
        if (preview && canRender && (dev || (building && environment === 'staging'))) {
          isOnDemand = preview.onDemand ?? ((file) => canRenderOnDemand(root, file))
        }
        addMiddleware({ order: 'pre', entrypoint: new URL('./middleware.js', import.meta.url) })
        if (dev && toolbar) {
          const entrypoint = new URL('./toolbar/app.js', import.meta.url)
          addDevToolbarApp({ id: 'keyblok', name: 'Keyblok', icon, entrypoint })
        }
        if (webhook !== undefined && canRender) {
          const entrypoint = new URL('./webhooks/webhook.js', import.meta.url)
          injectRoute({ pattern: webhook, entrypoint, prerender: false })
        } else if (webhook !== undefined) logger.warn(`${webhook} is not there: an endpoint needs an adapter.`)

        if (preview && canRender) {
          const entrypoint = new URL('./live/endpoint.js', import.meta.url)
          injectRoute({ pattern: `${endpointFolder}/[action]`, entrypoint, prerender: false })
          if (preview.path !== undefined) addPreviewPages(setup, preview.path)
        } else if (preview && preview.path !== undefined) {
          logger.warn(`${preview.path} is not there: pages on demand need an adapter.`)
        }

        const imageService = images.service ? setUpImageService(config.image.service, dev) : undefined
        updateConfig(aroundRouteCache(config))
        updateConfig({
          ...(imageService && { image: imageService.image }),
          // Appended to the site's own, so that it sees what they write.
          integrations: [leakScan(guard), ...(privateAssets === undefined ? [] : [privateAssetsCheck(privateAssets)])],
          env: { schema: envSchema },
          vite: {
            plugins: [...vitePlugins(options, config, command, refresher), imageService?.plugin],
          },
        })
      },
      'astro:route:setup': ({ route }) => {
        // Packages bring routes of their own, which are none of the site's pages.
        if (route.component.startsWith('src/') && isOnDemand?.(route.component)) route.prerender = false
      },
      'astro:config:done': ({ config, injectTypes, logger }) => {
        injectTypes({ filename: 'locals.d.ts', content: injectedTypes })
        // Astro itself refuses a site with pages on demand and no adapter.
        if (!building || config.adapter) return
        logger.info('preview is off, since the site has no adapter to show drafts on demand')
        if (environment === 'staging' && drafts !== 'granted') {
          logger.warn(
            'this is staging: drafts are written into pages, which nothing keeps from visitors or search engines',
          )
        }
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

type Setup = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0]

/** Adds the pages of editors, below a path of their own, beside those that are prerendered. */
function addPreviewPages({ config, createCodegenDir, injectRoute, logger }: Setup, path: string): void {
  const root = fileURLToPath(config.root)
  const { twins, left } = writePreviewTwins({
    pages: fileURLToPath(new URL('pages/', config.srcDir)),
    target: fileURLToPath(new URL('preview-pages/', createCodegenDir())),
    prefix: path,
    byDefault: config.output !== 'server',
    canRender: (file) => canRenderOnDemand(root, relative(root, file)),
  })
  for (const { pattern, entrypoint } of twins) injectRoute({ pattern, entrypoint, prerender: false })
  for (const file of left) {
    logger.warn(
      `${relative(root, file)} has no preview: its getStaticPaths is its own, and its props are there in a build only.`,
    )
  }
  // What is no page, such as a feed, is where it is for everybody.
  const isCaught = twins.some(({ pattern }) => new RegExp(`^${path}/\\[\\.{3}[^/]+\\]$`).test(pattern))
  const entrypoint = new URL('./live/out-of-preview.js', import.meta.url)
  if (!isCaught) injectRoute({ pattern: `${path}/[...rest]`, entrypoint, prerender: false })
}

/** Hooks run before Astro reads the files that hold variables. */
function environmentIn(root: string, command: string): Environment['name'] {
  const dev = command === 'dev'
  const env = loadEnvFiles(dev ? 'development' : 'production', root)
  return detectEnvironment((name) => env[name], dev).name
}

/** At the edge middleware has no variables, and can give the page data only, no reader. */
function edgeError(): KeyblokError {
  const details =
    'The adapter runs middleware apart from the pages, at the edge, where no page can get its reader from it.'
  const hint = "Take `middlewareMode: 'edge'` and `edgeMiddleware` out of the adapter’s options."
  return new KeyblokError('KB_CONFIGURATION_INVALID', details, { hint })
}
