import { walk, parseScripts, nameOf, propertyOf } from './code.js'
import type { Node } from '../project/syntax-tree.js'
import type { ProjectDraft } from './project-draft.js'

interface Habit {
  matches(node: Node): boolean
  what: string
  hint: string
}

const isCallOf = (node: Node, ...names: readonly string[]): boolean =>
  node.type === 'CallExpression' && names.includes(nameOf(node['callee']))

/** What works on, and can be left out. */
const habits: readonly Habit[] = [
  {
    matches: (node) => isCallOf(node, 'getLiveStory', 'getPayload'),
    what: 'It gives nothing: what an editor types is in what the client reads.',
    hint: 'Delete the call, and what is done with its answer.',
  },
  {
    matches: (node) => isRead(node) && propertyOf(node['arguments'][1], 'version') !== undefined,
    what: 'The parameter “version” does nothing: Keyblok decides it for each request.',
    hint: 'Delete it.',
  },
  {
    matches: (node) => isCallOf(node, 'renderRichText') && node['arguments'].length > 1,
    what: 'renderRichText() knows no options of Storyblok’s renderer.',
    hint: 'Use the component RichText with components of your own. See docs/guides/rich-text.md.',
  },
]

function isRead({ type, callee, arguments: given }: Node): boolean {
  if (type !== 'CallExpression' || callee.type !== 'MemberExpression') return false
  if (['getStory', 'getStories'].includes(nameOf(callee.property))) return true
  const first = given[0] as Node | undefined
  const path = first?.type === 'TemplateLiteral' ? first['quasis'][0]?.value.cooked : first?.['value']
  return ['get', 'getAll'].includes(nameOf(callee.property)) && /^\/?cdn\//.test(String(path))
}

/** Leaves what can be left out now. */
export function leaveHabits(draft: ProjectDraft): void {
  for (const file of draft.sources()) {
    const text = draft.read(file) ?? ''
    if (!text.includes('/compat') && !/cdn\//.test(text)) continue
    const nodes = parseScripts(file, text).scripts.flatMap(({ body }) => [...walk(body)])
    for (const { matches, what, hint } of habits) {
      for (const node of nodes.filter(matches)) draft.leave(file, node.start, { what, hint, needed: false })
    }
  }
}
