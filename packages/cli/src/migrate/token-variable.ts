import { parseScripts } from './code.js'
import type { Node } from '../project/syntax-tree.js'
import type { ProjectDraft } from './project-draft.js'
import { valueSources } from './value-sources.js'

/** The variables that official guides have for a token. */
const wellKnown = [
  'STORYBLOK_DELIVERY_API_TOKEN',
  'STORYBLOK_TOKEN',
  'STORYBLOK_ACCESS_TOKEN',
  'STORYBLOK_API_TOKEN',
  'VITE_STORYBLOK_DELIVERY_API_TOKEN',
  'VITE_STORYBLOK_TOKEN',
  'VITE_STORYBLOK_ACCESS_TOKEN',
  'PUBLIC_STORYBLOK_TOKEN',
  'PUBLIC_STORYBLOK_ACCESS_TOKEN',
]

/** What tools and hosts set, and no token is in. */
const others =
  /^(NODE_ENV|MODE|DEV|PROD|SSR|BASE_URL|SITE|ASSETS_PREFIX|CI|CONTEXT)$|^(VERCEL|NETLIFY|CF|WORKERS|GITHUB)(_|$)/

const ours = /^STORYBLOK_(PUBLIC|PREVIEW)_TOKEN$/

/** The variables that a token was read from, by the file that read it. */
const named = new WeakMap<ProjectDraft, Map<string, string>>()

type OurVariable = 'STORYBLOK_PUBLIC_TOKEN' | 'STORYBLOK_PREVIEW_TOKEN'

/** Notes where a project had its token from; one that is written out is a finding, and shown to nobody. */
export function readToken(draft: ProjectDraft, file: string, value: Node | undefined): void {
  if (!value) return
  const names = named.get(draft) ?? new Map<string, string>()
  named.set(draft, names)
  const { scripts } = parseScripts(file, draft.read(file) ?? '')
  const { variables, texts } = valueSources(
    value,
    scripts.flatMap(({ body }) => body),
  )
  for (const name of variables) if (/^\w+$/.test(name) && !others.test(name)) names.set(name, file)
  for (const node of texts) leaveText(draft, file, node)
}

/** Gives the variables that hold a token of the project and can be renamed. */
export function tokenVariables(draft: ProjectDraft): string[] {
  const unsure = new Set(unsureVariables(draft).map(({ name }) => name))
  const all = [...new Set([...(named.get(draft)?.keys() ?? []), ...wellKnown])]
  return all.filter((name) => !ours.test(name) && !unsure.has(name))
}

/** Gives the variables of a project with several tokens whose names do not say which they hold, each with what reads it. */
export function unsureVariables(draft: ProjectDraft): { name: string; file: string }[] {
  const names = [...(named.get(draft) ?? [])].map(([name, file]) => ({ name, file }))
  return names.length < 2 ? [] : names.filter(({ name }) => !ours.test(name) && kindOf(name) === undefined)
}

/** Tells which of our variables takes the place of one; guides write of the preview token. */
export function tokenVariable(name: string): OurVariable {
  return kindOf(name) ?? 'STORYBLOK_PREVIEW_TOKEN'
}

/** What a name says, in words of its own: beginnings that are for browsers say nothing. */
function kindOf(name: string): OurVariable | undefined {
  const words = name.replace(/^((VITE|PUBLIC)_)+/, '').split('_')
  const isPublic = words.some((word) => /^(public|published|live)$/i.test(word))
  const isPreview = words.some((word) => /^(preview|drafts?)$/i.test(word))
  if (isPublic === isPreview) return undefined
  return isPublic ? 'STORYBLOK_PUBLIC_TOKEN' : 'STORYBLOK_PREVIEW_TOKEN'
}

/** Names of variables, addresses and paths are as long as tokens, and hold none. */
function leaveText(draft: ProjectDraft, file: string, { start, value }: Node): void {
  const text = String(value.cooked ?? value)
  if (text.length <= 15 || /[\s/.]/.test(text) || /^[A-Z]+(_[A-Z]+)+$/.test(text)) return
  draft.secrets.add(text)
  draft.leave(file, start, {
    what: 'An access token was written into the code.',
    hint: 'Whoever has the repository has it: create a new one, set it as STORYBLOK_PREVIEW_TOKEN in .env, and delete the old one.',
  })
}
