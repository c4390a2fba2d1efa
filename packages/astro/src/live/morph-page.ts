import { takeProps } from './islands.js'

/** Loaded beside the script, before anything is written. */
const library = import('idiomorph')

/** The elements that others put into the page: the bridge, our notices, and what runs in dev. */
const foreign = [
  '[class^="storyblok__"]',
  '#storyblok-bridge-stylesheet',
  'keyblok-notice',
  'astro-dev-toolbar',
  'vite-error-overlay',
  '.astro-route-announcer',
].join()

/** Parts of the page that an update leaves alone, by `data-keyblok-live="off"`. */
const keptPart = '[data-keyblok-live="off"]'

/**
 * Changes the page into another one, and leaves as it is whatever is the same in both: focus, scroll position, selection,
 * what was opened and what plays. Scripts that are new run.
 */
export async function morphPage(html: string): Promise<void> {
  const { Idiomorph } = await library
  const next = new DOMParser().parseFromString(html, 'text/html')
  if (next.querySelector('[data-island-id]')) await (await import('./server-islands.js')).fillServerIslands(next)
  const scripts = new Set([...document.scripts].map(({ outerHTML }) => outerHTML))
  keepClasses(next.body)
  Idiomorph.morph(document.documentElement, next.documentElement, {
    morphStyle: 'outerHTML',
    ignoreActiveValue: true,
    head: { style: 'merge', shouldPreserve: (element: Element) => element.matches('style, link, script') },
    callbacks: {
      beforeNodeMorphed: (before: Node, after: Node) => !isKept(before) && takeProps(before, after),
      beforeNodeRemoved: (node: Node) => !isForeign(node),
      beforeAttributeUpdated: (name: string, element: Element) => !isReaders(name, element),
    },
  })
  for (const script of document.scripts) if (!scripts.has(script.outerHTML)) run(script)
}

function isKept(node: Node): boolean {
  return node instanceof Element && node.matches(keptPart)
}

function isForeign(node: Node): boolean {
  return node instanceof Element && node.matches(foreign)
}

/** What whoever reads the page did with it: opened, or chose in the editor. */
function isReaders(name: string, element: Element): boolean {
  if (name === 'open') return element.matches('details, dialog')
  return name === 'data-blok-focused'
}

/** The bridge tells by a class of the body that bloks are outlined. */
function keepClasses(body: HTMLElement): void {
  body.classList.add(...[...document.body.classList].filter((name) => name.startsWith('storyblok')))
}

/** A script that was parsed apart from the page does not run; a copy of it that is put there does. */
function run(script: HTMLScriptElement): void {
  if (script.type === 'application/json') return
  const copy = document.createElement('script')
  for (const { name, value } of script.attributes) copy.setAttribute(name, value)
  copy.nonce = script.nonce
  copy.textContent = script.textContent
  script.replaceWith(copy)
}
