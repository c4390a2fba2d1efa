import { relative, resolve, sep } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { Logger, Plugin } from 'vite'
import { readSchemaFiles } from './schema-files.js'
import { writeTypes } from './write-types.js'

/** Where types come from and go to. Paths are relative to the project's root. */
export interface TypesOptions {
  /** The folder into which Storyblok's command line pulls; `.storyblok` by default. */
  content?: string
  /** The file to write, under `src`. */
  out?: string
}

export interface TypesPluginOptions {
  /** `false` writes no types. */
  types: TypesOptions | false | undefined
  /** The file to write unless an option says otherwise. */
  defaultOut: string
  /** The module whose `Spaces` is augmented. */
  module: string
}

/** Writes the space's types when a dev server starts, and whenever the pulled files change. */
export function typesPlugin({ types = {}, defaultOut, module }: TypesPluginOptions): Plugin {
  return {
    name: 'keyblok:types',
    apply: 'serve',
    configureServer({ config: { logger, root }, watcher }) {
      if (types === false) return
      const content = resolve(root, types.content ?? '.storyblok')
      const out = resolve(root, types.out ?? defaultOut)
      const update = () => reportTo(logger, () => updateTypes(content, out, module, relative(root, out), logger))
      update()
      watcher.add(['components', 'datasources'].map((kind) => resolve(content, kind)))
      watcher.on('all', (_event, path) => {
        if (resolve(path).startsWith(content + sep) && path.endsWith('.json')) update()
      })
    },
  }
}

function updateTypes(content: string, out: string, module: string, name: string, logger: Logger): void {
  const source = readSchemaFiles(content, process.env['STORYBLOK_SPACE_ID'])
  if (!source || !writeTypes({ source, out, module })) return
  logger.info(`[keyblok] ${name} follows the space’s components.`, { timestamp: true })
}

/** A schema that cannot be read, such as one that is being pulled, leaves the types and the server as they are. */
function reportTo(logger: Logger, action: () => void): void {
  try {
    action()
  } catch (error) {
    if (!(error instanceof KeyblokError)) throw error
    logger.error(error.report)
  }
}
