import { fileURLToPath } from 'node:url'
import type { DraftsPolicy, EnvPrefix } from '@keyblok/core'
import { detectEnvironment } from '@keyblok/core/server'
import { guardPlugins, runtimeGuard, typesPlugin, virtualModules } from '@keyblok/vite'
import type { GuardOptions, TypesOptions } from '@keyblok/vite'
import type { Plugin } from 'vite'
import { kitDefaults } from './kit-defaults.js'
import { buildStores } from './build-stores.js'
import { leakScan } from './leak-scan.js'

/** The plugin's options; all of them have defaults. */
export interface KeyblokOptions {
  /**
   * The file whose default export maps component names to Svelte components, `src/lib/storyblok/bloks.ts` by default; or a
   * folder of components, where `ArticleCard.svelte` shows the blok `article_card`.
   */
  bloks?: string
  /**
   * The file that exports what `defineSpace` made, `src/lib/storyblok/stories.ts` by default; components write links by it.
   */
  stories?: string
  /** Who sees drafts on a staging site. */
  drafts?: DraftsPolicy
  /** How secrets are kept from browsers. */
  guard?: GuardOptions
  /**
   * Whether requests keep within Storyblok's rate limits, as they do by default. A whole space is read faster without, from
   * an API that has none, such as a local space.
   */
  rateLimit?: boolean
  /** The variable prefixes of all spaces that the app reads, so that the editors of each are known. */
  spaces?: readonly EnvPrefix[]
  /**
   * Where the types of the space's components come from and go to. They are written in dev, once Storyblok's command line
   * pulled the components; `false` writes none.
   */
  types?: TypesOptions | false
}

/** Where the component map lies unless an option says otherwise. */
const bloksDefaults = ['src/lib/storyblok/bloks.ts', 'src/lib/storyblok/bloks.js']

/** Where the space is defined unless an option says otherwise. */
const storiesDefaults = ['src/lib/storyblok/stories.ts', 'src/lib/storyblok/stories.js']

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
 */
export function keyblok({
  bloks,
  stories,
  drafts,
  guard = {},
  rateLimit,
  spaces,
  types,
}: KeyblokOptions = {}): Plugin[] {
  return [
    kitDefaults(),
    ...guardPlugins(guard, {
      entries: { '@keyblok/sveltekit/server': fileURLToPath(new URL('../server.js', import.meta.url)) },
      publicPrefixes,
      deniedFiles,
    }),
    virtualModules({
      bloks,
      bloksDefaults,
      stories,
      storiesDefaults,
      entry: '@keyblok/sveltekit/stories',
      extension: '.svelte',
      content: types ? types.content : undefined,
      options: {
        drafts,
        guard: runtimeGuard(guard),
        rateLimit,
        spaces,
        // Several platforms say what a deployment is to its build only.
        built: detectEnvironment((name) => process.env[name], false),
      },
    }),
    typesPlugin({ types, defaultOut: 'src/lib/storyblok/types.ts', module: '@keyblok/sveltekit/stories' }),
    buildStores(),
    ...leakScan(guard),
  ]
}
