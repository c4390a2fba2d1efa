import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Routing } from '@keyblok/core'
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
import type { Plugin } from 'vite'
import { editableAttributes } from './editable-attributes.js'
import { kitDefaults } from './kit-defaults.js'
import { kitModule } from './kit-module.js'
import { buildStores } from './build-stores.js'
import { leakScan } from './leak-scan.js'
import { validateOptions } from './options.js'
import { pictureModule } from './picture-module.js'
import { richTextModule } from './rich-text-module.js'
import type { KeyblokOptions } from './options.js'

/** Where the component map lies unless an option says otherwise. */
const bloksDefaults = ['src/lib/storyblok/bloks.ts', 'src/lib/storyblok/bloks.js']

/** Where the space is defined unless an option says otherwise. */
const storiesDefaults = ['src/lib/storyblok/stories.ts', 'src/lib/storyblok/stories.js']

/** Where the functions of blok data are unless an option says otherwise. */
const blokDataDefaults = ['src/lib/storyblok/blok-data.server.ts', 'src/lib/storyblok/blok-data.server.js']

/**
 * What the dev server would serve: the values of private variables, which SvelteKit writes into a folder that Vite serves,
 * and the configuration’s source.
 */
const deniedFiles = ['**/generated/dev/env/config.js', 'svelte.config.*', 'vite.config.*']

/** How the variables that browsers get begin in SvelteKit, beside those of Vite. */
const publicPrefixes = ['PUBLIC_']

/**
 * Connects a SvelteKit app to a Storyblok space. It stands after `sveltekit()`, so that it sees what Kit wrote before
 * an adapter takes it.
 *
 * @example
 * ```ts
 * import { keyblok } from '@keyblok/sveltekit'
 * import { sveltekit } from '@sveltejs/kit/vite'
 * import { defineConfig } from 'vite'
 *
 * export default defineConfig({ plugins: [sveltekit(), keyblok()] })
 * ```
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every option that is wrong.
 */
export function keyblok(options: KeyblokOptions = {}): Plugin[] {
  validateOptions(options)
  const { bloks, blokData, stories, guard = {}, types } = options
  let base = ''
  let appDir = '_app'
  let root = ''
  let assets: string | undefined
  let adapter: string | undefined
  const script = editorScript({
    entry: fileURLToPath(new URL('../live/editor.js', import.meta.url)),
    folder: () => `${appDir}/immutable`,
    isNeeded: () => adapter !== '@sveltejs/adapter-static',
  })
  const routing = (): Routing => ({ base })
  return [
    kitDefaults((app) => ({ root, base, assets, appDir, adapter } = app)),
    kitModule(),
    editableAttributes(),
    pictureModule(),
    richTextModule(options.richText?.components),
    ...guardPlugins(guard, {
      entries: {
        '@keyblok/sveltekit/server': fileURLToPath(new URL('../server.js', import.meta.url)),
        '@keyblok/sveltekit/queries': fileURLToPath(new URL('../queries.js', import.meta.url)),
      },
      publicPrefixes,
      deniedFiles,
    }),
    splitEntry({
      entry: '@keyblok/sveltekit/compat',
      browserFile: fileURLToPath(new URL('../compat/browser.js', import.meta.url)),
      serverNames: ['useStoryblokApi', 'getStoryblokApi'],
      serverEntry: '@keyblok/sveltekit/server',
    }),
    virtualModules({
      bloks,
      bloksDefaults,
      stories,
      storiesDefaults,
      blokData,
      blokDataDefaults,
      entry: '@keyblok/sveltekit/stories',
      routing,
      extension: '.svelte',
      content: types ? types.content : undefined,
      options: () =>
        runtimeOptions(options, {
          root,
          base,
          script: `${script.isServed() ? base : (assets ?? base)}/${script.path()}`,
        }),
    }),
    loadSiteRouting(fileURLToPath(new URL('../site-routing.js', import.meta.url)), routing),
    typesPlugin({ types, defaultOut: 'src/lib/storyblok/types.ts', module: '@keyblok/sveltekit/stories' }),
    bridgeModule(options.preview?.bridge),
    script.plugin,
    editorHint(),
    buildStores(),
    ...leakScan(guard),
  ]
}

/** What the app reads at run time; none of it is a secret. */
function runtimeOptions(
  { drafts, guard = {}, preview = {}, privateAssets, rateLimit, richText, spaces, types }: KeyblokOptions,
  { root, base, script }: { root: string; base: string; script: string },
): Record<string, unknown> {
  return {
    drafts,
    guard: runtimeGuard(guard),
    rateLimit,
    richText,
    spaces,
    // Of several spaces only one's components are known.
    components:
      types === false || (spaces?.length ?? 0) > 1
        ? undefined
        : knownComponents(resolve(root, types?.content ?? '.storyblok')),
    privateAssets: privateAssets === undefined ? undefined : base + privateAssets,
    routing: { base },
    editor: { script, endpoint: base + endpointFolder, prefix: preview.path },
    // Several platforms say what a deployment is to its build only.
    built: detectEnvironment((name) => process.env[name], false),
  }
}
