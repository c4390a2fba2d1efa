import { readdirSync } from 'node:fs'
import type { Framework } from '../project/detect-project.js'
import type { ProjectDraft } from './project-draft.js'
import { tokenVariable, tokenVariables, unsureVariables } from './token-variable.js'

/** What follows in an environment file whose token is renamed. */
const publicToken = `
# Reads what is published: create a token of the kind "public" in Storyblok, under Settings → Access tokens.
# STORYBLOK_PUBLIC_TOKEN=
# Verifies the Visual Editor: the number in the address of the space.
# STORYBLOK_SPACE_ID=
`

const example = `# Reads what is published.
STORYBLOK_PUBLIC_TOKEN=
# Reads drafts, for editors.
STORYBLOK_PREVIEW_TOKEN=
# The number in the address of the space; it verifies the Visual Editor.
STORYBLOK_SPACE_ID=
`

/** Renames the variables of tokens in environment files, and leaves what reads them elsewhere. */
export function renameVariables(draft: ProjectDraft, framework: Framework): void {
  const variables = tokenVariables(draft)
  leaveUnsure(draft)
  for (const file of environmentFiles(draft)) renameIn(draft, file, variables)
  for (const file of draft.sources()) leaveReads(draft, file, variables, framework)
  if (!draft.read('.env.example')?.includes('STORYBLOK_PREVIEW_TOKEN')) {
    draft.write('.env.example', [draft.read('.env.example')?.trimEnd(), example].filter(Boolean).join('\n\n'))
  }
}

function environmentFiles({ folder }: ProjectDraft): string[] {
  return readdirSync(folder).filter((name) => /^\.env(\.|$)/.test(name))
}

function renameIn(draft: ProjectDraft, file: string, variables: readonly string[]): void {
  const text = draft.read(file) ?? ''
  for (const [, value = ''] of text.matchAll(/^[ \t]*(?:export[ \t]+)?\w*TOKEN\w*[ \t]*=[ \t]*["']?([^\s"'#]+)/gm))
    draft.secrets.add(value)
  let after = text
  for (const name of variables) {
    const line = new RegExp(`^([ \\t]*(?:export[ \\t]+)?)${name}(?=[ \\t]*=)`, 'm')
    const found = line.exec(after)
    if (!found) continue
    if (new RegExp(`^[ \\t]*(?:export[ \\t]+)?${tokenVariable(name)}[ \\t]*=`, 'm').test(after)) {
      leaveSecond(draft, file, name, found.index)
      continue
    }
    after = after.replace(line, `$1${tokenVariable(name)}`)
    if (/^(VITE|PUBLIC)_/.test(name)) leaveExposed(draft, file, name, found.index)
  }
  if (after === text) return
  draft.write(
    file,
    /STORYBLOK_PUBLIC_TOKEN/.test(after) || file === '.env.example' ? after : after.trimEnd() + publicToken,
  )
}

/** Tells of each variable where it is set, else where it was read. */
function leaveUnsure(draft: ProjectDraft): void {
  for (const { name, file } of unsureVariables(draft)) {
    const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=`, 'm')
    const set = environmentFiles(draft)
      .map((one) => ({ file: one, offset: line.exec(draft.read(one) ?? '')?.index }))
      .filter(({ offset }) => offset !== undefined)
    for (const place of set.length > 0 ? set : [{ file, offset: 0 }]) {
      draft.leave(place.file, place.offset ?? 0, {
        what: `${name} may hold the public token or the preview token: its name does not say which.`,
        hint: 'Rename it to STORYBLOK_PUBLIC_TOKEN if it reads what is published only, or to STORYBLOK_PREVIEW_TOKEN if it reads drafts.',
      })
    }
  }
}

function leaveSecond(draft: ProjectDraft, file: string, name: string, offset: number): void {
  draft.leave(file, offset, {
    what: `There is a ${tokenVariable(name)} beside ${name}.`,
    hint: 'Keep the token that is right as the first, and delete the other line.',
    needed: false,
  })
}

function leaveExposed(draft: ProjectDraft, file: string, name: string, offset: number): void {
  draft.leave(file, offset, {
    what: `Browsers could read ${name}, and with it the token.`,
    hint: 'Create a new token in Storyblok, under Settings → Access tokens, set it here, and delete the old one.',
  })
}

function leaveReads(draft: ProjectDraft, file: string, variables: readonly string[], framework: Framework): void {
  const text = draft.read(file) ?? ''
  for (const name of variables) {
    const read = new RegExp(`(?<![\\w$])${name}(?![\\w$])`).exec(text)
    if (!read) continue
    draft.leave(file, read.index, {
      what: `The variable ${name} is read, which is renamed.`,
      hint: `Read nothing here: the reader knows its token${framework === 'astro' ? '' : ', on the server'}. The variable is ${tokenVariable(name)} now.`,
    })
  }
}
