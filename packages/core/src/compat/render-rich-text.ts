import { renderRichText as render } from '../richtext/render-rich-text.js'
import type { RichTextOptions } from '../richtext/types.js'
import type { RichText } from '../stories/fields.js'

/** Our options; all others are of Storyblok's own renderer. */
const known = new Set(['space', 'language', 'headingIds', 'linkAttributes', 'site'])

const told = new Set<string>()

/**
 * Writes a rich text as HTML, escaped, and without links that could run code; headings have no ids, as Storyblok's own
 * renderer writes them, unless `headingIds` asks for them. Bloks in it are left out.
 *
 * @param doc - The field; one that is empty gives an empty text.
 * @param defaults - The site's space and the page's language.
 * @param options - What differs. An option of Storyblok's own renderer does nothing, which is said once.
 */
export function renderRichText(doc: unknown, defaults: RichTextOptions, options: object = {}): string {
  for (const name of Object.keys(options)) if (!known.has(name)) tellIgnored(name)
  return render(doc as RichText<unknown>, { ...defaults, headingIds: false, ...options })
}

function tellIgnored(name: string): void {
  if (told.has(name)) return
  told.add(name)
  console.warn(
    `[keyblok] renderRichText() has no option “${name}”. Show nodes and marks in your own way by the component RichText. ` +
      'See https://github.com/keyblok/keyblok/blob/main/docs/guides/rich-text.md',
  )
}
