import type { HtmlAttributes } from './types.js'

const voidTags: ReadonlySet<string> = new Set(['br', 'hr', 'img'])
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Writes text so that it stands in HTML, and in an attribute, as it is. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
}

/** Writes the start of an element. Names come from the core; values are escaped. */
export function openTag(tag: string, attributes: HtmlAttributes): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
  return `<${tag}${written.join('')}>`
}

/** Writes the end of an element; some have none. */
export function closeTag(tag: string): string {
  return voidTags.has(tag) ? '' : `</${tag}>`
}
