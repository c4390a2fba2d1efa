import type { Plugin } from 'vite'
import { exactly } from '../module-id.js'

/** An entry that gives servers more than browsers. */
export interface SplitEntry {
  /** The entry, as sites import it. */
  entry: string
  /** The file that browsers get for it. */
  browserFile: string
  /** What it exports for servers only. */
  serverNames: readonly string[]
  /** An entry that the guard keeps out of browser code. */
  serverEntry: string
}

/** What is read of a module’s syntax tree. */
interface Statement {
  type: string
  source?: { value?: unknown } | null
  specifiers?: readonly { imported?: Named; local?: Named }[]
}

type Named = { name?: string; value?: unknown }

/**
 * Gives browser code the part of an entry that holds nothing of the server's. Code that imports the other part by name is
 * refused as if it had imported the server's entry: in dev and in a build, with the chain of imports.
 */
export function splitEntry({ entry, browserFile, serverNames, serverEntry }: SplitEntry): Plugin {
  const file = browserFile.replaceAll('\\', '/')
  return {
    name: 'keyblok:split-entry',
    // After whatever makes JavaScript of a module, and before Vite reads its imports.
    enforce: 'post',
    config: () => ({ optimizeDeps: { exclude: [entry] } }),
    resolveId: {
      order: 'pre',
      filter: { id: exactly(entry) },
      handler() {
        return this.environment.config.consumer === 'client' ? file : undefined
      },
    },
    transform: {
      filter: { code: entry },
      handler(code) {
        if (this.environment.config.consumer !== 'client') return
        const { body } = this.parse(code) as { body: readonly unknown[] }
        const names = (body as readonly Statement[]).flatMap((statement) => namesOf(statement, entry))
        if (!names.some((name) => serverNames.includes(name))) return
        // Lines stay where they were.
        return { code: `${code}\nimport ${JSON.stringify(serverEntry)}`, map: null }
      },
    },
  }
}

/** Gives the names that a statement takes of an entry, to use them or to export them. */
function namesOf({ type, source, specifiers = [] }: Statement, entry: string): string[] {
  if (source?.value !== entry) return []
  return specifiers.map(({ imported, local }) => {
    const named = type === 'ImportDeclaration' ? imported : local
    return String(named?.name ?? named?.value ?? '')
  })
}
