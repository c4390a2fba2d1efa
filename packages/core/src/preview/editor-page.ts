import { setHeaders } from '../set-headers.js'
import type { Site } from '../site.js'
import { referencedIds } from '../stories/complete.js'
import type { Storyblok } from '../stories/reader.js'
import { allEditorOrigins } from './allow-framing.js'
import { cleanPath, isEditorsParameter } from './clean-url.js'
import type { Grant } from './grant.js'
import { createPageTicket } from './page-ticket.js'
import { viewParameters } from './editor-view.js'

/** What the script of an editor's page is told, as JSON in the page. It holds no token. */
export interface EditorPage {
  /** The path below which the site answers the script, without a slash at its end. */
  endpoint: string
  /** What ends each path of the endpoint: a slash, where the site's paths have one. */
  tail: string
  /** The origins of the editors that may speak; a star stands for any port. */
  editors: readonly string[]
  /** One ticket for each space that was read, and the stories that it is for. */
  tickets: readonly { ticket: string; stories: readonly number[] }[]
  /** The relations and links that the page asked for. */
  relations: readonly string[]
  links: string | null
  /** Whether a signature opened the page, so that it is not known yet whether the browser kept the session. */
  signed: boolean
  /** The path below which prerendered pages are rendered for editors, without a slash at its end; empty without one. */
  prefix: string
}

/** Where the parts of an adapter's preview lie. */
export interface EditorParts {
  /** The address of the editor's script. */
  script: string
  /** See {@link EditorPage.endpoint}. */
  endpoint: string
  /** See {@link EditorPage.tail}. */
  tail?: string
  /** See {@link EditorPage.prefix}. */
  prefix?: string
}

/** The `id` of the element that holds what the script is told. */
const editorPageId = 'keyblok-page'

/**
 * Adds to an editor's page what follows the editor: the script, and what it is told. It comes last, when all was read that
 * the page shows.
 *
 * @param page - The page as its request names it.
 */
export function addEditorScript(
  response: Response,
  page: { site: Site; storyblok: Storyblok; grants: readonly Grant[]; url: URL },
  parts: EditorParts,
): Response {
  const isPage = response.headers.get('content-type')?.startsWith('text/html')
  if (!isPage || !response.body || page.grants.length === 0) return response
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  let start = ''
  const append = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (start.length < longestStart) start += decoder.decode(chunk, { stream: true })
      controller.enqueue(chunk)
    },
    async flush(controller) {
      if (!isDocument.test(start.slice(0, longestStart))) return
      controller.enqueue(encoder.encode(await write(page, parts, nonceIn(response.headers))))
    },
  })
  const longer = new Response(response.body.pipeThrough(append), response)
  return setHeaders(longer, { 'Content-Length': '', ETag: '' })
}

/** A part of a page, such as a server island, is HTML too, and none of it is a page. */
const isDocument = /^(?:\s|<!--(?:(?!-->)[^])*-->)*<(?:!doctype|html)\b/i
/** What stands before may be a comment of some length, in characters. */
const longestStart = 2000

type Page = Parameters<typeof addEditorScript>[1]

/** A content security policy may let scripts run by a word that is new in each answer. */
function nonceIn(headers: Headers): string | undefined {
  return /'nonce-([\w+/=-]+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]
}

async function write(page: Page, parts: EditorParts, nonce: string | undefined): Promise<string> {
  const { grants, site, storyblok } = page
  const { relations, links = null } = storyblok.journal
  const tickets = await Promise.all(grants.map((grant) => ticketOf(grant, page)))
  const told: EditorPage = {
    endpoint: parts.endpoint,
    tail: parts.tail ?? '',
    editors: allEditorOrigins(site),
    tickets,
    relations,
    links,
    signed: grants.some(({ by }) => by === 'signature'),
    prefix: parts.prefix ?? '',
  }
  const json = JSON.stringify(told).replaceAll('<', String.raw`\u003c`)
  const script = parts.script.replaceAll('"', '%22')
  const allowed = nonce === undefined ? '' : ` nonce="${nonce}"`
  return (
    `<script type="application/json" id="${editorPageId}">${json}</script>` +
    `<script type="module" src="${script}"${allowed}></script>`
  )
}

async function ticketOf(grant: Grant, { site, storyblok, url }: Page): Promise<EditorPage['tickets'][number]> {
  const stories = storiesRead(site, storyblok, grant.spaceId)
  const { language, journal } = storyblok
  const reading = { language, relations: journal.relations, links: journal.links }
  return { ticket: await createPageTicket(grant, { path: pathOf(url), stories, ...reading }), stories }
}

/** The ids of the stories of a space that were read, those that stand in them included. */
function storiesRead(site: Site, { journal }: Storyblok, spaceId: number): number[] {
  const read = journal.spaces
    .filter(({ envPrefix }) => site.connect(envPrefix).settings.spaceId === spaceId)
    .flatMap(({ stories }) => stories)
  return [...new Set([...read.map(({ id }) => id), ...read.flatMap(referencedIds)])]
}

/** The address to render again: what the editor shows stays in it, proofs do not. */
function pathOf(url: URL): string {
  const kept = Object.values<string>(viewParameters)
  return cleanPath(url, (name) => isEditorsParameter(name) && !kept.includes(name))
}
