import { prepareRichText } from '@keyblok/core'
import type { PreparedRichText, RichText } from '@keyblok/core'
import { richText } from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'

/** Makes a rich text ready to show that comes as Storyblok delivers it. */
export function prepareRaw(
  doc: RichText<unknown> | null | undefined,
  language: string | undefined,
): PreparedRichText<unknown> {
  if (import.meta.env.DEV && !import.meta.env.SSR && doc) warnOnce()
  return prepareRichText(doc, { ...richText, space: siteSpace, language })
}

let isTold = false

function warnOnce(): void {
  if (isTold) return
  isTold = true
  console.warn(
    '[keyblok] A rich text came to the browser as Storyblok delivers it, and visitors will have to load what reads it. ' +
      'Let the load return what storyLoad, storiesLoad or toPageData() make of it.',
  )
}
