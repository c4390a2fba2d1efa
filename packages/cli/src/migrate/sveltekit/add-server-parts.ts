import { callsOf, parseScripts, walk } from '../code.js'
import type { Node } from '../code.js'
import type { ProjectDraft } from '../project-draft.js'
import { TextEdits } from '../text-edits.js'
import { isTypeScript } from '../write-bloks-map.js'

const hook = `import { storyblokHandle } from '@keyblok/sveltekit/server'

export const handle = storyblokHandle()
`

const env = `import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'
import { building, dev } from '$app/env'

export const variables = defineEnvVars({ ...storyblokEnv({ optional: building || dev }) })
`

/** Adds what reads Storyblok on the server: the hook, the plugin, and in SvelteKit 3 the variables. */
export function addServerParts(draft: ProjectDraft, major = 3): void {
  addHook(draft)
  addPlugin(draft)
  if (major >= 3) addVariables(draft)
}

function addHook(draft: ProjectDraft): void {
  const file = draft.find('src/hooks.server.js', 'src/hooks.server.ts')
  const text = file === undefined ? '' : (draft.read(file) ?? '')
  if (text.includes('storyblokHandle')) return
  if (file === undefined) return draft.write(`src/hooks.server.${isTypeScript(draft) ? 'ts' : 'js'}`, hook)
  draft.leave(file, Math.max(0, text.search(/\bhandle\b/)), {
    what: 'The app has hooks, and they do not give requests their reader.',
    hint: "Add it as the first: `export const handle = sequence(storyblokHandle(), …)`, from '@keyblok/sveltekit/server' and '@sveltejs/kit/hooks'.",
  })
}

function addPlugin(draft: ProjectDraft): void {
  const file = draft.find('vite.config.js', 'vite.config.ts', 'vite.config.mjs', 'vite.config.mts')
  const text = file === undefined ? '' : (draft.read(file) ?? '')
  if (text.includes('@keyblok/sveltekit')) return
  const script = file === undefined ? undefined : parseScripts(file, text).scripts[0]
  const call = script && callsOf(script, 'sveltekit').find((one) => isInList(script.body, one))
  const last = script?.body.findLast(({ type }) => type === 'ImportDeclaration')
  if (file === undefined || !call || !last) {
    draft.leave(file ?? 'vite.config.js', 0, {
      what: 'The Vite plugin could not be added.',
      hint: "Add `keyblok()`, from '@keyblok/sveltekit', after `sveltekit()`.",
    })
    return
  }
  const quote = text.slice(last['source'].start, last['source'].start + 1)
  const semicolon = text.slice(last.start, last.end).endsWith(';') ? ';' : ''
  const edits = new TextEdits(text)
  edits.insert(call.end, ', keyblok()')
  edits.insert(last.end, `\nimport { keyblok } from ${quote}@keyblok/sveltekit${quote}${semicolon}`)
  draft.write(file, edits.toString())
}

function isInList(body: readonly Node[], call: Node): boolean {
  return [...walk(body)].some(({ type, elements }) => type === 'ArrayExpression' && (elements as Node[]).includes(call))
}

function addVariables(draft: ProjectDraft): void {
  const file = draft.find('src/env.js', 'src/env.ts')
  if (file === undefined) return draft.write(`src/env.${isTypeScript(draft) ? 'ts' : 'js'}`, env)
  if (/storyblokEnv/.test(draft.read(file) ?? '')) return
  draft.leave(file, 0, {
    what: 'The variables of Storyblok are not declared.',
    hint: "Add `...storyblokEnv({ optional: building || dev })`, from '@keyblok/sveltekit/env'.",
  })
}
