import { exactly } from '../module-id.js'
import type { Plugin } from 'vite'

const id = 'virtual:keyblok/editor'

/** SvelteKit 2 builds server and client by two instances of each plugin. */
const buildKey = Symbol.for('keyblok.build')

/** Names the build of this process. */
function buildName(): string {
  const holder = globalThis as { [buildKey]?: string }
  return (holder[buildKey] ??= Date.now().toString(36))
}

/** Where the script of editors' pages comes from, and goes to. */
export interface EditorScriptOptions {
  /** The file whose `start` is called with what loads Storyblok's bridge. */
  entry: string
  /** Gives the folder of the build's scripts, such as `_astro`. */
  folder: () => string
  /** Tells whether anything of the site can be rendered for editors; a static one shows them nothing. */
  isNeeded?: () => boolean
}

/** The script of editors' pages. */
export interface EditorScript {
  plugin: Plugin
  /** Gives its path below the site's base, without a slash at its start. */
  path: () => string
  /** Tells whether a dev server serves it. */
  isServed: () => boolean
}

/**
 * Builds the script that editors' pages load, and nobody else's: a chunk beside the site's own, which shares their modules.
 * Its name is new in each build, since hosts keep scripts for good, and known before the build, since the server is built
 * first.
 */
export function editorScript({ entry, folder, isNeeded = () => true }: EditorScriptOptions): EditorScript {
  let isServed = false
  const fileName = (): string => `${folder()}/keyblok-editor.${buildName()}.js`
  const plugin: Plugin = {
    name: 'keyblok:editor-script',
    configResolved({ command }) {
      isServed = command === 'serve'
    },
    buildStart() {
      // A service worker is for browsers too, and built by itself.
      if (isServed || this.environment.name !== 'client' || !isNeeded()) return
      this.emitFile({ type: 'chunk', id, fileName: fileName() })
    },
    resolveId: { filter: { id: exactly(id) }, handler: () => `\0${id}` },
    load: {
      filter: { id: exactly(`\0${id}`) },
      handler: () =>
        [
          `import { start } from ${JSON.stringify(entry.replaceAll('\\', '/'))}`,
          "import { loadBridge } from 'virtual:keyblok/bridge'",
          'void start(loadBridge)',
        ].join('\n'),
    },
  }
  return { plugin, path: () => (isServed ? `@id/${id}` : fileName()), isServed: () => isServed }
}
