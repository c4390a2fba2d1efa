import { walk } from './code.js'
import type { Node } from '../project/syntax-tree.js'
import type { ProjectDraft } from './project-draft.js'

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

const named = new WeakMap<ProjectDraft, Set<string>>()

/** Notes where a project had its token from; one that is written out is a finding, and shown to nobody. */
export function readToken(draft: ProjectDraft, file: string, value: Node | undefined): void {
  if (!value) return
  const names = named.get(draft) ?? new Set<string>()
  named.set(draft, names)
  for (const node of walk(value)) {
    if (node.type === 'StringLiteral' && node['value'].length > 15) leaveLiteral(draft, file, node)
    if (node.type === 'Identifier' && /^[A-Z][A-Z0-9_]*$/.test(node['name'])) names.add(node['name'])
  }
}

/** Gives the variables that hold a token of the project, in Storyblok's ways of naming them. */
export function tokenVariables(draft: ProjectDraft): string[] {
  const ours = /^STORYBLOK_(PUBLIC|PREVIEW)_TOKEN$/
  return [...new Set([...(named.get(draft) ?? []), ...wellKnown])].filter((name) => !ours.test(name))
}

/** Tells which of our variables takes the place of one; guides write of the preview token. */
export function tokenVariable(name: string): 'STORYBLOK_PUBLIC_TOKEN' | 'STORYBLOK_PREVIEW_TOKEN' {
  const own = name.replace(/^(VITE|PUBLIC)_/, '')
  return /PUBLIC|PUBLISHED/.test(own) ? 'STORYBLOK_PUBLIC_TOKEN' : 'STORYBLOK_PREVIEW_TOKEN'
}

function leaveLiteral(draft: ProjectDraft, file: string, { start, value }: Node): void {
  draft.secrets.add(String(value))
  draft.leave(file, start, {
    what: 'An access token was written into the code.',
    hint: 'Whoever has the repository has it: create a new one, set it as STORYBLOK_PREVIEW_TOKEN in .env, and delete the old one.',
  })
}
