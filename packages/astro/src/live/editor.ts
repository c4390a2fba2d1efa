import { ask, followEditor, newest, readEditorPage, ticketFor } from '@keyblok/core/editor'
import type { EditorStory, LoadBridge } from '@keyblok/core/editor'
import { morphPage } from './morph-page.js'

/** Makes an editor's page follow the Visual Editor. It runs in the browser; visitors' pages have nothing of it. */
export function start(loadBridge: LoadBridge): Promise<void> {
  /** What was shown last of what is not saved: all there is to show where the browser refuses the session. */
  let shown: EditorStory | undefined
  let hasSession = readEditorPage()?.signed === false
  const update = newest(async (story: EditorStory) => {
    shown = story
    await showUnsaved(story)
  })
  return followEditor(
    {
      isShown: (storyId) => isShown(storyId),
      update,
      refresh: async () => {
        if (hasSession) await showSaved()
        else if (shown) await update(shown)
      },
      go: (address) => location.assign(address),
      onSession() {
        hasSession = true
      },
    },
    loadBridge,
  )
}

function isShown(storyId: number): boolean {
  const page = readEditorPage()
  return page !== undefined && ticketFor(page, storyId) !== undefined
}

async function showUnsaved({ id, content, name, tag_list: tags }: EditorStory): Promise<void> {
  const page = readEditorPage()
  const ticket = page && ticketFor(page, id)
  if (!page || ticket === undefined) return
  const answer = await ask(page, 'story', ticket, { story: { id, content, name, tag_list: tags } })
  const html = await answer.text()
  // A page that says that it is not there is a page too; an answer of ours that refuses is text.
  if (!answer.headers.get('content-type')?.startsWith('text/html')) throw new Error(html)
  // Somebody went on to another page meanwhile.
  if (ticketFor(readEditorPage() ?? page, id) === ticket) await morphPage(html)
}

async function showSaved(): Promise<void> {
  const here = location.href
  const answer = await fetch(here, { headers: { Accept: 'text/html' } })
  if (location.href !== here) return
  const { forgetServerIslands } = await import('./server-islands.js')
  forgetServerIslands()
  if (answer.redirected) return location.assign(answer.url)
  await morphPage(await answer.text())
}
