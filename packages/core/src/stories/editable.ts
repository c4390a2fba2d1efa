/** What tells the Visual Editor which blok an element shows. */
export interface EditableAttributes {
  'data-blok-c'?: string
  'data-blok-uid'?: string
}

const comment = /^<!--#storyblok#(\{.*\})-->$/s

/**
 * Gives the attributes by which the Visual Editor finds a blok on the page, to spread onto the element that shows it.
 * Only drafts are marked, so a visitor's page has none.
 *
 * @param blok - The blok.
 * @returns `data-blok-c` and `data-blok-uid`; nothing for a blok without a mark that can be read.
 *
 * @example
 * ```ts
 * import { editable } from '@keyblok/core'
 *
 * editable({ _editable: '<!--#storyblok#{"name": "hero", "space": "1", "uid": "a", "id": "5"}-->' })
 * // { 'data-blok-c': '{"name":"hero","space":"1","uid":"a","id":"5"}', 'data-blok-uid': '5-a' }
 * ```
 */
export function editable(blok: { readonly _editable?: string } | null | undefined): EditableAttributes {
  const mark: unknown = blok?._editable
  const json = typeof mark === 'string' ? comment.exec(mark)?.[1] : undefined
  const options = json === undefined ? undefined : parse(json)
  if (!options || !isName(options['id']) || !isName(options['uid'])) return {}
  return { 'data-blok-c': JSON.stringify(options), 'data-blok-uid': `${options['id']}-${options['uid']}` }
}

function parse(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(json) as Record<string, unknown>
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isName(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}
