import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endpointFolder } from '@keyblok/core/preview'
import { detectEnvironment } from '@keyblok/core/server'
import {
  bridgeModule,
  editorHint,
  editorScript,
  guardPlugins,
  knownComponents,
  loadSiteRouting,
  runtimeGuard,
  splitEntry,
  typesPlugin,
  virtualModules,
} from '@keyblok/vite'
import type { TypesOptions } from '@keyblok/vite'
import type { AstroConfig } from 'astro'
import type { PluginOption } from 'vite'
import type { ContentRefresher } from './collections/refresh-content.js'
import { devRequests } from './dev/dev-requests.js'
import type { KeyblokOptions } from './options.js'
import { belowBase, routingOf } from './routing.js'

/** Where the component map, the space and the functions of blok data lie unless an option says otherwise. */
const bloksDefaults = ['src/storyblok/bloks.ts', 'src/storyblok/bloks.js']
const storiesDefaults = ['src/storyblok/stories.ts', 'src/storyblok/stories.js']
const blokDataDefaults = ['src/storyblok/blok-data.server.ts', 'src/storyblok/blok-data.server.js']

/** What Astro’s dev server would serve: the configuration’s source, and drafts. */
const deniedFiles = ['astro.config.*', '**/.astro/data-store*', '**/.astro/data-store*/**']
const deniedModules = ['astro:data-layer-content']

/**
 * Makes the Vite plugins of a site: the guard, what the site's own modules and our run-time read, and types.
 *
 * @param command - What Astro was started for.
 * @param refresher - Loads collections again.
 */
export function vitePlugins(
  options: KeyblokOptions,
  config: AstroConfig,
  command: 'dev' | 'build' | 'preview' | 'sync',
  refresher: ContentRefresher,
): PluginOption[] {
  const { bloks, blokData, guard = {}, preview = {}, stories, types, webhook } = options
  const script = editorScript({
    entry: fileURLToPath(new URL('./live/editor.js', import.meta.url)),
    folder: () => config.build.assets,
    isNeeded: () => config.adapter !== undefined,
  })
  const routing = () => routingOf(config)
  return [
    ...guardPlugins(guard, {
      entries: { '@keyblok/astro/server': fileURLToPath(new URL('./server.js', import.meta.url)) },
      deniedFiles,
      deniedModules,
    }),
    splitEntry({
      entry: '@keyblok/astro/compat',
      browserFile: fileURLToPath(new URL('./compat/browser.js', import.meta.url)),
      serverNames: ['useStoryblokApi'],
      serverEntry: '@keyblok/astro/server',
    }),
    virtualModules({
      bloks,
      bloksDefaults,
      stories,
      storiesDefaults,
      entry: '@keyblok/astro/stories',
      blokData,
      blokDataDefaults,
      routing,
      extension: '.astro',
      content: types ? types.content : undefined,
      options: () => runtimeOptions(options, config, command, script.path()),
    }),
    // What Astro makes of `import.meta.env` in a package depends on the variables that happen to be set.
    loadSiteRouting(fileURLToPath(new URL('./site-routing.js', import.meta.url)), routing),
    typesPlugin({ types, defaultOut: 'src/storyblok/types.ts', module: '@keyblok/astro/stories' }),
    ...(preview === false ? [] : [bridgeModule(preview.bridge), script.plugin, editorHint()]),
    devRequests(refresher.publishedOnly),
    webhook === undefined ? undefined : refresher.plugin(webhook),
  ]
}

/** What the server reads at run time; none of it is a secret. */
function runtimeOptions(
  { drafts, guard = {}, preview, privateAssets, rateLimit, region, space, spaces = [], types, webhook }: KeyblokOptions,
  config: AstroConfig,
  command: string,
  script: string,
): Record<string, unknown> {
  const dev = command === 'dev'
  return {
    dev,
    building: command === 'build',
    drafts,
    preview: preview !== false,
    webhook: webhook !== undefined,
    editor: {
      script: scriptUrl(config, dev, script),
      endpoint: belowBase(config.base, endpointFolder),
      tail: config.trailingSlash === 'always' ? '/' : '',
      prefix: preview === false ? undefined : preview?.path,
    },
    guard: runtimeGuard(guard),
    rateLimit,
    spaces: spaces.length > 0 ? spaces : undefined,
    // Of several spaces only one's components are known.
    components: types === false || spaces.length > 1 ? undefined : knownComponents(contentOf(config, types)),
    privateAssets: privateAssets === undefined ? undefined : belowBase(config.base, privateAssets),
    routing: routingOf(config),
    // What is configured stands in for variables that are not set.
    variables: {
      ...(space !== undefined && { STORYBLOK_SPACE_ID: String(space) }),
      ...(region !== undefined && { STORYBLOK_REGION: region }),
    },
    // Several platforms say what a deployment is to its build only.
    built: dev ? undefined : detectEnvironment((name) => process.env[name], false),
  }
}

/** Built scripts can lie at another address than the site. */
function scriptUrl({ base, build }: AstroConfig, dev: boolean, path: string): string {
  const { assetsPrefix } = build
  const prefix = typeof assetsPrefix === 'object' ? (assetsPrefix['js'] ?? assetsPrefix.fallback) : assetsPrefix
  return dev || prefix === undefined ? belowBase(base, path) : `${prefix.replace(/\/$/, '')}/${path}`
}

/** The folder into which Storyblok's command line pulls. */
function contentOf({ root }: AstroConfig, types: TypesOptions = {}): string {
  return resolve(fileURLToPath(root), types.content ?? '.storyblok')
}
