import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exactly } from '../module-id.js'
import type { Plugin } from 'vite'

const id = 'virtual:keyblok/bridge'
const bridgePackage = '@storyblok/preview-bridge'

/** Where Storyblok's bridge comes from: its package, which the site installs, or Storyblok's own script. */
export type BridgeSource = 'package' | 'cdn'

/** Storyblok's script puts its class on the window. */
const fromCdn = `
export const loadBridge = () => new Promise((resolve, reject) => {
  const script = document.createElement('script')
  script.src = 'https://app.storyblok.com/f/storyblok-v2-latest.js'
  script.onload = () => resolve(window.StoryblokBridge)
  script.onerror = () => reject(new Error('Storyblok’s bridge could not be loaded.'))
  document.head.append(script)
})`

const fromPackage = `export const loadBridge = () => import('${bridgePackage}').then((bridge) => bridge.default)`

const fromNowhere = `
export const loadBridge = () => Promise.reject(new Error(
  'The preview follows the editor once @storyblok/preview-bridge is installed, or preview.bridge is cdn.'
))`

/** Whether a project has the bridge, by the folders where packages lie. */
function isInstalled(folder: string): boolean {
  const parent = dirname(folder)
  return existsSync(join(folder, 'node_modules', bridgePackage)) || (parent !== folder && isInstalled(parent))
}

/**
 * Provides `virtual:keyblok/bridge`, what loads Storyblok's bridge in an editor's page. A site without the bridge is built
 * all the same, and told of it.
 */
export function bridgeModule(source: BridgeSource = 'package'): Plugin {
  let isTold = false
  let root = ''
  return {
    name: 'keyblok:bridge-module',
    // Found on the first editor's page otherwise, which then loads again.
    config: ({ root: folder = process.cwd() }) =>
      source === 'package' && isInstalled(folder) ? { optimizeDeps: { include: [bridgePackage] } } : undefined,
    configResolved(config) {
      root = config.root
    },
    resolveId: {
      filter: { id: [exactly(id), exactly(bridgePackage)] },
      handler(asked, importer, options) {
        if (asked === id) return `\0${id}`
        // It is the site's, whose packages ours does not see.
        return importer === `\0${id}` ? this.resolve(bridgePackage, `${root}/package.json`, options) : undefined
      },
    },
    load: {
      filter: { id: exactly(`\0${id}`) },
      async handler() {
        if (source === 'cdn') return fromCdn
        if (await this.resolve(bridgePackage, `${root}/package.json`)) return fromPackage
        if (!isTold) {
          this.warn(
            '[keyblok] The Visual Editor shows no unsaved changes: install @storyblok/preview-bridge, or choose ' +
              "Storyblok's own script by preview: { bridge: 'cdn' }.",
          )
        }
        isTold = true
        return fromNowhere
      },
    },
  }
}
