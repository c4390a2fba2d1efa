import { posix } from 'node:path'
import { addImport } from '../../project/module-edits.js'
import { nameOf, parseScripts, walk } from '../code.js'
import type { Script } from '../code.js'
import type { Node } from '../../project/syntax-tree.js'
import { isOfficial } from '../official-names.js'
import type { ProjectDraft } from '../project-draft.js'
import { TextEdits } from '../text-edits.js'
import { removeClient } from './remove-client.js'

const universal = /\/\+(page|layout)\.(js|ts)$/

/** Lets loads that read Storyblok run on the server, and ask for the client instead of handing it on. */
export function loadsToServer(draft: ProjectDraft): void {
  const loads = draft.sources().filter((file) => universal.test(file))
  const handedOn = new Set<string>()
  // Layouts come first: what they hand on is what pages ask for.
  for (const file of loads.toSorted((a, b) => Number(/\+page/.test(a)) - Number(/\+page/.test(b)))) {
    for (const name of removeClient(draft, file)) handedOn.add(name)
    useClient(draft, file, handedOn)
    if (draft.read(file) !== undefined && readsApi(draft.read(file) ?? '')) moveToServer(draft, file)
  }
  for (const file of draft.sources()) leaveBrowserReads(draft, file)
}

/** Puts `useStoryblokApi()` where a load took the client from its parent. */
function useClient(draft: ProjectDraft, file: string, handedOn: ReadonlySet<string>): void {
  const text = draft.read(file) ?? ''
  const edits = new TextEdits(text)
  const { scripts } = parseScripts(file, text)
  let isUsed = false
  for (const script of scripts) {
    for (const statement of parentReads(script)) {
      const pattern = statement['declarations'][0].id as Node
      const properties = pattern['properties'] as Node[]
      const client = properties.find(({ key }) => handedOn.has(nameOf(key)))
      if (!client) continue
      isUsed = true
      writeClient(text, edits, statement, client, properties)
    }
  }
  if (!isUsed) return
  const changed = edits.toString()
  const imported = { from: '@storyblok/svelte', name: 'useStoryblokApi' }
  draft.write(file, /\buseStoryblokApi\b/.test(text) ? changed : (addImport(changed, imported) ?? changed))
}

function parentReads(script: Script): Node[] {
  return [...walk(script.body)].filter((node) => {
    const [declaration] = (node['declarations'] ?? []) as Node[]
    const init = declaration?.['init'] as Node | undefined
    const isParent = init?.type === 'AwaitExpression' && nameOf(init['argument'].callee) === 'parent'
    return node.type === 'VariableDeclaration' && isParent && declaration?.['id'].type === 'ObjectPattern'
  })
}

function writeClient(text: string, edits: TextEdits, statement: Node, client: Node, all: readonly Node[]): void {
  const semicolon = text.slice(statement.start, statement.end).endsWith(';') ? ';' : ''
  const line = `const ${nameOf(client['value'])} = useStoryblokApi()${semicolon}`
  const others = all.filter((one) => one !== client).map(({ start, end }) => text.slice(start, end))
  if (others.length === 0) return edits.replace(statement.start, statement.end, line)
  const indent = /[ \t]*$/.exec(text.slice(0, statement.start))?.[0] ?? ''
  edits.replace(all[0]?.start ?? 0, all.at(-1)?.end ?? 0, others.join(', '))
  edits.insert(statement.end, `\n${indent}${line}`)
}

function readsApi(text: string): boolean {
  return /\b(use|get)StoryblokApi\b/.test(text)
}

/** A load on the server has another name, and another type. */
function moveToServer(draft: ProjectDraft, file: string): void {
  const to = file.replace(universal, '/+$1.server.$2')
  if (draft.read(to) !== undefined) {
    draft.leave(file, 0, {
      what: 'It reads Storyblok in the browser, and there is a load on the server already.',
      hint: `Move what it reads to ${posix.basename(to)}.`,
    })
    return
  }
  const text = draft.read(file) ?? ''
  draft.write(file, text.replaceAll(/\b(Page|Layout)(Load|LoadEvent)\b/g, '$1Server$2'))
  draft.rename(file, to)
}

/** Components run in browsers too, where nothing reads Storyblok. */
function leaveBrowserReads(draft: ProjectDraft, file: string): void {
  const text = draft.read(file) ?? ''
  if (!readsApi(text) || isServerFile(file)) return
  const imports = parseScripts(file, text)
    .scripts.flatMap(({ body }) => body)
    .filter((node) => isOfficial(node['source']?.value))
  if (imports.length === 0) return
  const isComponent = file.endsWith('.svelte')
  draft.leave(file, Math.max(0, text.search(/\b(use|get)StoryblokApi\b/)), {
    what: isComponent
      ? 'A component reads Storyblok, in the browser too.'
      : 'It reads Storyblok, and browsers may load it.',
    hint: isComponent
      ? 'Read it in +page.server.js, and hand it on; or as data of the blok: see docs/guides/sveltekit.md.'
      : 'Import it from server files only, or move it below src/lib/server.',
    needed: isComponent,
  })
}

function isServerFile(file: string): boolean {
  return /(^|[/.])server([/.]|\.(js|ts)$)/.test(file) || /\/\+server\.(js|ts)$|hooks\.server/.test(file)
}
