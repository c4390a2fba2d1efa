import type { EditorPage } from '../preview/editor-page.js'
import { findEditor } from './connect-bridge.js'
import type { EditorEvent, EditorStory, LoadBridge } from './connect-bridge.js'
import { ask, isSessionKept, readEditorPage, ticketFor } from './editor-page.js'
import { guardMessages } from './guard-messages.js'
import { cleanAddress, keepPreview, previewUrl } from './keep-preview.js'
import { afterUpdate, beforeUpdate } from './update-events.js'

/** How a framework's page follows the editor. */
export interface FollowingPage {
  /** Whether the page shows a story, by its numeric id. */
  isShown(storyId: number): boolean
  /** Shows what is not saved. */
  update(story: EditorStory): Promise<void>
  /** Shows what was saved. */
  refresh(): Promise<void>
  /** Goes to another page. */
  go(address: string): void
  /** The ticket of a story, where the page got a newer one than it came with. */
  ticket?(storyId: number): string | undefined
  /** Resolves when the page can follow: what the editor says before is said again after. */
  ready?: Promise<void>
  /** Is told that the browser keeps the session, so that the page needs no other proof. */
  onSession?(): void | Promise<void>
}

/**
 * Makes an editor's page follow the editor: what is typed shows before it is saved, and what was saved without loading the
 * page again. At top level there is no editor; there it offers to leave the preview.
 */
export async function followEditor(page: FollowingPage, loadBridge: LoadBridge): Promise<void> {
  const told = readEditorPage()
  if (!told) return
  cleanAddress()
  keepPreview()
  if (window.parent === window) return (await import('./offers.js')).offerToLeave(told)
  const editor = findEditor(told.editors)
  if (editor === undefined) return
  guardMessages({ editors: told.editors, isShown: (id) => page.isShown(id) })
  try {
    const [Bridge] = await Promise.all([loadBridge(), page.ready, told.signed && keptSession(page, told)])
    const { relations, links } = readEditorPage() ?? told
    const bridge = new Bridge({ customParent: editor, resolveRelations: relations, resolveLinks: links })
    bridge.on('input', ({ story }) => void show({ story }, () => page.update(story)))
    bridge.on(['change', 'published', 'unpublished'], (event) => void show({ event }, () => follow(page, event)))
  } catch (error) {
    await fail(error)
  }
}

/** Says in the page what went wrong, to the editor who can do something about it. */
async function fail(error: unknown): Promise<void> {
  console.error(error)
  const { sayFailure } = await import('./offers.js')
  sayFailure(error)
}

async function keptSession(page: FollowingPage, told: EditorPage): Promise<void> {
  if (await isSessionKept(told)) await page.onSession?.()
  else (await import('./offers.js')).offerSession(told)
}

/** A page can do without live updates, by `<meta name="keyblok" content="no-live">`. */
async function show(detail: { story?: EditorStory; event?: EditorEvent }, work: () => Promise<void>): Promise<void> {
  if (document.querySelector('meta[name=keyblok][content~=no-live]')) return
  if (!document.dispatchEvent(new CustomEvent(beforeUpdate, { detail, cancelable: true }))) return
  try {
    await work()
    document.querySelector('keyblok-notice[data-failure]')?.remove()
  } catch (error) {
    await fail(error)
  }
  document.dispatchEvent(new CustomEvent(afterUpdate, { detail }))
}

/** A story whose slug changed has another page. */
async function follow(page: FollowingPage, { storyId, slugChanged }: EditorEvent): Promise<void> {
  const told = readEditorPage()
  const ticket = page.ticket?.(storyId) ?? (told && ticketFor(told, storyId))
  if (!slugChanged || !told || ticket === undefined) return page.refresh()
  const answer = await ask(told, 'address', ticket, { id: storyId })
  const { path } = answer.ok ? ((await answer.json()) as { path: string | null }) : { path: null }
  if (path === null || path === location.pathname) return page.refresh()
  page.go(previewUrl(path))
}
