import type { StoredBlok } from '../content/types.js'
import { visitBloks } from '../delivery/bloks.js'

const mark = '__i18n__'

/**
 * Gives the content that is published when one language of a draft is: its translations, in the bloks that are
 * published already; for `[default]` the draft with the translations that are published. Without a language, or before
 * the story was published, it is the draft.
 */
export function mergeTranslation(
  draft: StoredBlok,
  published: string | undefined,
  lang: string | undefined,
): StoredBlok {
  if (lang === undefined || lang === '' || published === undefined) return draft
  const before = JSON.parse(published) as StoredBlok
  if (lang === '[default]') return copyFields(before, draft, (field) => field.includes(mark))
  return copyFields(draft, before, (field) => field.endsWith(mark + lang.replaceAll('-', '_')))
}

/** Gives the bloks of `target` those fields of the same bloks in `source` that are chosen, and takes away its own. */
function copyFields(source: StoredBlok, target: StoredBlok, isChosen: (field: string) => boolean): StoredBlok {
  const sources = new Map<string, StoredBlok>()
  visitBloks(source, (blok) => sources.set(blok._uid, blok))
  visitBloks(target, (blok) => {
    for (const field of Object.keys(blok).filter(isChosen)) delete blok[field]
    for (const [field, value] of Object.entries(sources.get(blok._uid) ?? {})) if (isChosen(field)) blok[field] = value
  })
  return target
}
