import type { Plugin } from 'vite'
import { writeEditable } from './write-editable.js'

/** Writes what `editable` gives as attributes, before Svelte compiles a component. */
export function editableAttributes(): Plugin {
  return {
    name: 'keyblok:editable-attributes',
    enforce: 'pre',
    transform: {
      order: 'pre',
      filter: { id: /\.svelte$/, code: '{...editable(' },
      handler(code) {
        const written = writeEditable(code)
        // Lines stay where they were.
        return written === undefined ? undefined : { code: written, map: null }
      },
    },
  }
}
