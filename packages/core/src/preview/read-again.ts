import type { Site, Visit } from '../site.js'
import { isSameLanguage } from '../stories/languages.js'
import type { Storyblok } from '../stories/reader.js'
import type { UnsavedStory } from '../stories/unsaved-content.js'
import { readEditorView } from './editor-view.js'
import type { EditorView } from './editor-view.js'
import type { PageTicket } from './page-ticket.js'

/**
 * Makes the reader by which the page of a ticket is read again, with what is unsaved in it.
 *
 * @param visit - What else is known of the request.
 */
export function readAgain(site: Site, visit: Visit, { grant, path }: PageTicket, unsaved?: UnsavedStory): Storyblok {
  const view = knownView(new URL(path, 'https://own.invalid'), visit)
  return site.visit({ ...visit, ...view, grants: [grant], unsaved })
}

/** Reads the language and release of the editor, as far as the site has them. */
export function knownView(url: URL, { languages }: Visit): EditorView {
  const { language, release } = readEditorView(url)
  const isKnown = language !== undefined && (!languages || languages.some((code) => isSameLanguage(code, language)))
  return { ...(isKnown && { language }), ...(release !== undefined && { release }) }
}
