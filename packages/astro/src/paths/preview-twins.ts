import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

/** A page that is rendered on demand below the preview's path, as the page that it stands beside is prerendered. */
interface PreviewTwin {
  /** The route, such as `/_preview/[...slug]`. */
  pattern: string
  /** The file that renders it. */
  entrypoint: string
}

/** The pages of a site, with a twin or without. */
export interface PreviewTwins {
  twins: PreviewTwin[]
  /** The files of those that cannot be rendered on demand. */
  left: string[]
}

interface TwinOptions {
  /** The folder of the site's pages. */
  pages: string
  /** The folder for what is generated, which is emptied. */
  target: string
  /** The path below which editors see the pages, such as `/_preview`. */
  prefix: string
  /** Whether pages are prerendered that do not say otherwise. */
  byDefault: boolean
  /** Tells whether a prerendered page can be rendered on demand, by its file. */
  canRender: (file: string) => boolean
}

/**
 * Writes a twin of each prerendered page of a site: it renders the page itself, on demand. So one deployment has pages that
 * are prerendered for visitors, and shows drafts to editors at paths of their own.
 *
 * Pages on demand have none: a site may guard them by their path.
 */
export function writePreviewTwins({ pages, target, prefix, byDefault, canRender }: TwinOptions): PreviewTwins {
  rmSync(target, { recursive: true, force: true })
  const files = pageFiles(pages).filter((file) => isPrerendered(file, byDefault))
  const twins = files.filter(canRender).map((file) => {
    const path = relative(pages, file).replaceAll('\\', '/')
    const entrypoint = join(target, path)
    mkdirSync(dirname(entrypoint), { recursive: true })
    writeFileSync(entrypoint, twinOf(relative(dirname(entrypoint), file).replaceAll('\\', '/')))
    return { pattern: prefix + routeOf(path), entrypoint }
  })
  return { twins, left: files.filter((file) => !canRender(file)) }
}

/** Lists the pages of a site; what begins with an underscore is none, and error pages are shown in place of others. */
function pageFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.astro'))
    .filter((path) => !path.split(/[\\/]/).some((segment) => segment.startsWith('_')))
    .filter((path) => !/^(404|500)\.astro$/.test(path))
    .toSorted()
    .map((path) => join(folder, path))
}

/** Tells whether a page is prerendered, as Astro finds it out: by its own word, else by the site's. */
function isPrerendered(file: string, byDefault: boolean): boolean {
  const word = /^\s*export\s+const\s+prerender\s*=\s*(true|false)/m.exec(readFileSync(file, 'utf8'))?.[1]
  return word === undefined ? byDefault : word === 'true'
}

/** Gives the route of a page's file, as Astro does. */
function routeOf(path: string): string {
  const route = `/${path.slice(0, -'.astro'.length)}`
  return basename(route) === 'index' ? dirname(route).replace(/^\/$/, '') : route
}

/** A page that answers with a response of its own can do so as the whole route only, so the twin gives what the page gives. */
function twinOf(page: string): string {
  const specifier = page.startsWith('.') ? page : `./${page}`
  return `---
// Written by Keyblok: the same page, rendered on demand for editors.
import Page from ${JSON.stringify(specifier)}

export const prerender = false

return Page($$result, Astro.props, {})
---
`
}
