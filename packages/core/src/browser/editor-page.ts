import type { EditorPage } from '../preview/editor-page.js'

/** Reads what the server told of the page that is shown; nothing on a page that is no editor's. */
export function readEditorPage(): EditorPage | undefined {
  // Content can have any id, and none is a script; ours is the last.
  const found = [...document.querySelectorAll('script#keyblok-page[type="application/json"]')].at(-1)?.textContent
  const page = found ? (JSON.parse(found) as EditorPage) : undefined
  const isOwn = page && new URL(page.endpoint, location.href).origin === location.origin
  return isOwn ? page : undefined
}

/** Gives the ticket by which a story's unsaved content is shown. */
export function ticketFor({ tickets }: EditorPage, storyId: number): string | undefined {
  return tickets.find(({ stories }) => stories.includes(storyId))?.ticket
}

/** Asks the site, by the proof that the page holds. */
export function ask(page: EditorPage, action: string, ticket: string, body: unknown): Promise<Response> {
  return fetch(endpointUrl(page, action), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Keyblok-Ticket': ticket },
    body: JSON.stringify(body),
    // A ticket is for this site.
    redirect: 'error',
  })
}

/** Gives the address of one of the site's answers. */
export function endpointUrl({ endpoint, tail }: Pick<EditorPage, 'endpoint' | 'tail'>, action: string): string {
  return `${endpoint}/${action}${tail}`
}

/** Asks whether the browser kept the session that the editor's signature opened. */
export async function isSessionKept(page: EditorPage): Promise<boolean> {
  const answer = await fetch(endpointUrl(page, 'session'))
  return answer.ok && ((await answer.json()) as { kept: boolean }).kept
}
