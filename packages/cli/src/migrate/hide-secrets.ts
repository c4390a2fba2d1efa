import type { FileEdit } from '../project/file-edits.js'
import { hidden } from '../project/showable.js'

/** Gives edits that may be shown: without tokens, and without any value of an environment file. */
export function hideSecrets(edits: readonly FileEdit[], secrets: readonly string[]): FileEdit[] {
  return edits.map(({ file, before, after }) => {
    const isEnvironment = /^\.env(\.|$)/.test(file)
    const hide = (text: string | undefined): string | undefined => {
      const shown = text !== undefined && isEnvironment ? withoutValues(text) : text
      return secrets.reduce((rest, secret) => rest?.replaceAll(secret, hidden), shown)
    }
    return { file, before: hide(before), after: hide(after) }
  })
}

function withoutValues(text: string): string {
  return text.replaceAll(/^([ \t]*(?:export[ \t]+)?\w+[ \t]*=)[ \t]*\S.*$/gm, `$1${hidden}`)
}
