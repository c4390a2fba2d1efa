import type { EditorPage } from '../preview/editor-page.js'
import { ask, endpointUrl, isSessionKept } from './editor-page.js'
import { hideNotice, showNotice } from './notice.js'

/**
 * Says that the browser refused the session, and offers the browser's own prompt or a tab. Few editors need it, so it is
 * loaded for them.
 */
export function offerSession(page: EditorPage): void {
  const ticket = page.tickets[0]?.ticket
  if (ticket === undefined) return
  showNotice('Your browser keeps no preview session in this frame: other pages show what is published.', [
    { label: 'Allow it', act: () => void allow(page, ticket) },
    { label: 'Open in a tab', act: () => openTab(page, ticket) },
  ])
}

async function allow(page: EditorPage, ticket: string): Promise<void> {
  try {
    await document.requestStorageAccess()
  } catch {
    showNotice('The browser did not allow it.', [{ label: 'Open in a tab', act: () => openTab(page, ticket) }])
    return
  }
  await ask(page, 'session', ticket, {})
  hideNotice()
  if (!(await isSessionKept(page))) offerSession(page)
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

/** At top level there is no editor: the preview can be left there. */
export function offerToLeave(page: EditorPage): void {
  const here = encodeURIComponent(location.pathname + location.search)
  showNotice('Preview', [{ label: 'Leave', act: `${endpointUrl(page, 'leave')}?to=${here}` }])
}

/** Says what went wrong while an update was shown. */
export function sayFailure(error: unknown): void {
  showNotice(error instanceof Error ? error.message : String(error), [
    { label: 'Load the page again', act: () => location.reload() },
  ]).dataset['failure'] = 'true'
}
