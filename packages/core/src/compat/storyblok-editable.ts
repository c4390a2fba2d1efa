import { editable } from '../stories/editable.js'
import type { EditableAttributes } from '../stories/editable.js'

/**
 * Gives the attributes by which the Visual Editor finds a blok on the page, to spread onto the element that shows it. Only
 * drafts are marked, so a visitor's page has none.
 *
 * @param blok - The blok.
 */
export function storyblokEditable(blok: object | null | undefined): EditableAttributes {
  return editable(blok as Parameters<typeof editable>[0])
}
