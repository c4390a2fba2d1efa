import { renderRichText as render } from '@keyblok/core/compat'
import type { RichTextOptions } from '@keyblok/core'
import siteSpace from 'virtual:keyblok/space'

/**
 * Writes a rich text as HTML, escaped, and without links that could run code. Links to stories are those of the site.
 *
 * @param doc - The field; one that is empty gives an empty text.
 * @param options - What differs from the site's space, such as the page's `language`.
 *
 * @example
 * ```ts
 * import { renderRichText } from '@keyblok/astro/compat'
 *
 * declare const blok: { text: unknown }
 * const html = renderRichText(blok.text)
 * ```
 */
export function renderRichText(doc: unknown, options: Partial<RichTextOptions> = {}): string {
  return render(doc, { space: siteSpace }, options)
}
