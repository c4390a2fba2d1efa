import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createLocalSpace } from './local-space.js'
import type { LocalSpace, LocalSpaceOptions } from './local-space.js'

export const demoContent: string = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))

/** Obvious fakes, in the shape of Storyblok's tokens. */
export const tokens = {
  public: 'fakePUBLICfakePUBLIC11tt',
  preview: 'fakePREVIEWfakePREVIEWtt',
  asset: 'fakeASSETfakeASSETfakett',
} as const

/** Makes a local space that goes when the test ends; with the demo content unless told otherwise. */
export function createSpace(options: LocalSpaceOptions = { content: demoContent }): LocalSpace {
  const space = createLocalSpace({ tokens, ...options })
  onTestFinished(() => space.close())
  return space
}

/** An answer of a space. `body` is parsed JSON, or the text where it is none. */
export interface Answered {
  status: number
  // oxlint-disable-next-line no-explicit-any -- tests look at bodies of any shape
  body: any
  headers: Headers
}

/** Asks a space; with the preview token and for drafts unless the query says otherwise. */
export async function ask(space: LocalSpace, path: string, query: Record<string, string> = {}): Promise<Answered> {
  const parameters = new URLSearchParams({ token: tokens.preview, version: 'draft', ...query })
  const response = await space.fetch(new Request(`http://space.test/v2/cdn/${path}?${parameters}`))
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text.startsWith('<') ? text : JSON.parse(text) }
}

/** Asks a space for what is published, with a current cache version. */
export function askPublished(space: LocalSpace, path: string, query: Record<string, string> = {}): Promise<Answered> {
  return ask(space, path, { token: tokens.public, version: 'published', cv: '99999999999', ...query })
}

/** Calls the Management API; paths that begin with `/` stand outside the space. */
export type Call = (method: string, path: string, body?: unknown, token?: string) => Promise<Answered>

/** Makes a space and a function that calls its Management API. */
export function createManaged(options: LocalSpaceOptions = {}): { space: LocalSpace; call: Call } {
  const space = createSpace(options)
  return { space, call: managementOf(space) }
}

/** Calls a space’s Management API, with the personal access token of the space unless another one is given. */
export function managementOf(space: LocalSpace): Call {
  return async (method, path, body, token = space.tokens.personal) => {
    const url = path.startsWith('/') ? `http://space.test/v1${path}` : `http://space.test/v1/spaces/${space.id}/${path}`
    const init = {
      method,
      headers: { Authorization: token },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
    const response = await space.fetch(new Request(url, init))
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
}

/** Makes a folder with files that goes when the test ends. */
export function createFolder(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-space-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    const isFile = typeof content === 'string' || content instanceof Uint8Array
    writeFileSync(file, isFile ? content : JSON.stringify(content))
  }
  return folder
}

/** A valid story file. */
export function storyFile(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const slug = String(fields['full_slug'] ?? 'hello')
  return {
    id: 1,
    uuid: `00000000-0000-4000-a000-${slug.padEnd(12, '0').slice(0, 12)}`,
    name: 'Hello',
    slug,
    full_slug: slug,
    published: true,
    content: { _uid: 'u', component: 'page' },
    ...fields,
  }
}

/** Makes a content folder's space of story files; ids follow their order. */
export function createSpaceOf(
  stories: readonly Readonly<Record<string, unknown>>[],
  files: Readonly<Record<string, unknown>> = {},
): LocalSpace {
  const storyFiles = stories.map((story, index) => [`stories/7/${index}.json`, storyFile({ id: index + 1, ...story })])
  const content = { 'components/7/components.json': [], ...Object.fromEntries(storyFiles), ...files }
  return createSpace({ content: createFolder(content) })
}
