import { fileURLToPath } from 'node:url'
import { exactly } from '@keyblok/vite'
import type { Plugin } from 'vite'

const id = 'virtual:keyblok/picture'
const fileOf = (name: string): string =>
  fileURLToPath(new URL(`../components/${name}`, import.meta.url)).replaceAll('\\', '/')
const maker = JSON.stringify(fileOf('make-picture.js'))

/**
 * Lets a server write pictures and a browser go on with them, each by a component of its own; and provides
 * `virtual:keyblok/picture`, what makes a picture's attributes: at hand in dev, while browsers of visitors load it when
 * they need it.
 */
export function pictureModule(): Plugin {
  let isServed = false
  return {
    name: 'keyblok:picture-module',
    enforce: 'pre',
    configResolved({ command }) {
      isServed = command === 'serve'
    },
    resolveId: {
      filter: { id: [exactly(id), /\/StoryblokImage\.svelte$/] },
      handler(source) {
        if (source === id) return `\0${id}`
        return this.environment.config.consumer === 'server' ? fileOf('ServerImage.svelte') : undefined
      },
    },
    load: {
      filter: { id: exactly(`\0${id}`) },
      handler: () =>
        [
          isServed ? `export { makePicture as makeNow } from ${maker}` : 'export const makeNow = undefined',
          `export const loadMake = () => import(${maker})`,
        ].join('\n'),
    },
  }
}
