import { addHandle, addToConfig } from '../../project/module-edits.js'
import type { ProjectDraft } from '../project-draft.js'
import { isTypeScript } from '../write-bloks-map.js'

const hookFrom = '@keyblok/sveltekit/server'
const hook = `import { storyblokHandle } from '${hookFrom}'

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
  if (file === undefined) return draft.write(`src/hooks.server.${isTypeScript(draft) ? 'ts' : 'js'}`, hook)
  const text = draft.read(file) ?? ''
  const added = addHandle(text, 'storyblokHandle()', { from: hookFrom, name: 'storyblokHandle' })
  if (added !== undefined) return draft.write(file, added)
  draft.leave(file, Math.max(0, text.search(/\bhandle\b/)), {
    what: 'The app has hooks, and they do not give requests their reader.',
    hint: `Put storyblokHandle() of ${hookFrom} before your handle, with sequence() of @sveltejs/kit/hooks.`,
  })
}

function addPlugin(draft: ProjectDraft): void {
  const file = draft.find('vite.config.js', 'vite.config.ts', 'vite.config.mjs', 'vite.config.mts')
  const imported = { from: '@keyblok/sveltekit', name: 'keyblok' }
  const added = file === undefined ? undefined : addToConfig(draft.read(file) ?? '', 'plugins', 'keyblok()', imported)
  if (file !== undefined && added !== undefined) return draft.write(file, added)
  draft.leave(file ?? 'vite.config.js', 0, {
    what: 'The Vite plugin could not be added.',
    hint: "Add `keyblok()`, from '@keyblok/sveltekit', after `sveltekit()`.",
  })
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
