import { fileURLToPath } from 'node:url'
import { exactly } from '@keyblok/vite'
import type { Plugin } from 'vite'

const id = 'virtual:keyblok/rich-text'
const file = fileURLToPath(new URL('../components/prepare-raw.js', import.meta.url)).replaceAll('\\', '/')

/**
 * Provides `virtual:keyblok/rich-text`: what makes a rich text ready that no load did. Servers have it at hand, and so has
 * what runs in dev; the browsers of visitors load it when there is such a text.
 */
export function richTextModule(): Plugin {
  let isServed = false
  return {
    name: 'keyblok:rich-text-module',
    configResolved({ command }) {
      isServed = command === 'serve'
    },
    resolveId: { filter: { id: exactly(id) }, handler: () => `\0${id}` },
    load: {
      filter: { id: exactly(`\0${id}`) },
      handler() {
        if (isServed || this.environment.config.consumer === 'server') {
          return `
            export { prepareRaw as prepareNow } from ${JSON.stringify(file)}
            export const loadPrepare = () => import(${JSON.stringify(file)}).then(({ prepareRaw }) => prepareRaw)`
        }
        return `
          export const prepareNow = undefined
          export const loadPrepare = () => import(${JSON.stringify(file)}).then(({ prepareRaw }) => prepareRaw)`
      },
    },
  }
}
