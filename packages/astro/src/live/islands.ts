/**
 * Lets an island of a framework stay what it is, and take its new props: its own renderer draws what changes. The attribute
 * `ssr` makes Astro hand them over.
 *
 * @returns Whether the element is to be morphed as any other.
 */
export function takeProps(before: Node, after: Node): boolean {
  if (!isIsland(before) || !isIsland(after)) return true
  if (!isSameComponent(before, after)) return true
  const props = after.getAttribute('props') ?? ''
  if (before.getAttribute('props') !== props) {
    // What hydrates begins anew; what renders goes on from what is there, as long as nobody empties it first.
    before.setAttribute('client', 'only')
    Object.defineProperty(before, 'innerHTML', { configurable: true, set: () => {} })
    before.addEventListener('astro:hydrate', () => Reflect.deleteProperty(before, 'innerHTML'), { once: true })
    before.setAttribute('ssr', '')
    before.setAttribute('props', props)
  }
  return false
}

function isIsland(node: Node): node is Element {
  return node instanceof Element && node.localName === 'astro-island'
}

function isSameComponent(before: Element, after: Element): boolean {
  return ['component-url', 'component-export'].every((name) => before.getAttribute(name) === after.getAttribute(name))
}
