import { fileURLToPath } from 'node:url'
import type { RichTextType } from '@keyblok/core'
import { exactly } from '@keyblok/vite'
import type { Plugin } from 'vite'

const id = 'virtual:keyblok/rich-text'
const fileOf = (name: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../components/${name}`, import.meta.url)).replaceAll('\\', '/'))

/**
 * Provides `virtual:keyblok/rich-text`: what makes a rich text ready that no load did, and what shows components in it.
 * Servers have the first at hand, and so has what runs in dev; the browsers of visitors load it when there is such a text.
 * An app without components has no use for the second.
 *
 * @param components - The types of nodes and marks that components or snippets show.
 */
export function richTextModule(components: readonly RichTextType[] = []): Plugin {
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
        const isAtHand = isServed || this.environment.config.consumer === 'server'
        return [
          ...(isAtHand
            ? [
                `import { checkComponents } from ${fileOf('check-components.js')}`,
                `export { prepareRaw as prepareNow } from ${fileOf('prepare-raw.js')}`,
                `export const checkShown = (types) => checkComponents(types, ${JSON.stringify(components)})`,
              ]
            : ['export const prepareNow = undefined', 'export const checkShown = undefined']),
          `export const loadPrepare = () => import(${fileOf('prepare-raw.js')})`,
          components.length > 0
            ? `export { default as RichTextElement } from ${fileOf('RichTextElement.svelte')}`
            : 'export const RichTextElement = undefined',
        ].join('\n')
      },
    },
  }
}
