import type { EditorPage } from '../preview/editor-page.js'
import { ask, endpointUrl } from './editor-page.js'
import { hideNotice, showNotice } from './notice.js'

/**
 * Asks whether the browser kept the session that the editor's signature opened; where it did not, says so, and offers the
 * browser's own prompt or a tab.
 *
 * @returns Whether it kept it.
 */
export async function checkSession(page: EditorPage): Promise<boolean> {
  const answer = await fetch(endpointUrl(page, 'session'))
  const { kept } = answer.ok ? ((await answer.json()) as { kept: boolean }) : { kept: false }
  const ticket = page.tickets[0]?.ticket
  if (!kept && ticket !== undefined) {
    showNotice('Your browser keeps no preview session in this frame: other pages show what is published.', [
      { label: 'Allow it', act: () => void allow(page, ticket) },
      { label: 'Open in a tab', act: () => openTab(page, ticket) },
    ])
  }
  return kept
}

async function allow(page: EditorPage, ticket: string): Promise<void> {
  try {
    await document.requestStorageAccess()
  } catch {
    return showNotice('The browser did not allow it.', [{ label: 'Open in a tab', act: () => openTab(page, ticket) }])
  }
  await ask(page, 'session', ticket, {})
  hideNotice()
  await checkSession(page)
}

/** By a form, whose body no history keeps and no other site is told. */
function openTab(page: EditorPage, ticket: string): void {
  const form = Object.assign(document.createElement('form'), {
    method: 'post',
    action: endpointUrl(page, 'tab'),
    target: '_blank',
    hidden: true,
  })
  form.append(Object.assign(document.createElement('input'), { name: 'ticket', value: ticket }))
  document.body.append(form)
  form.submit()
  form.remove()
}
