/** Gives the modules that import a module. */
export type ImportGraph = (module: string) => readonly string[]

/**
 * Follows imports upwards, by the shortest way.
 *
 * @returns The modules from the one nobody imports down to the given one.
 */
export function importChain(module: string, importersOf: ImportGraph): string[] {
  const next = new Map<string, string | undefined>([[module, undefined]])
  let last = module
  for (const current of next.keys()) {
    last = current
    const importers = importersOf(current).filter((importer) => !next.has(importer))
    if (importersOf(current).length === 0) break
    for (const importer of importers) next.set(importer, current)
  }
  const chain: string[] = []
  for (let current: string | undefined = last; current !== undefined; current = next.get(current)) chain.push(current)
  return chain
}

/** Writes a chain of imports as an indented list. */
export function formatChain(chain: readonly string[]): string {
  return chain
    .map((module, index) => `${' '.repeat(index + 1)}${module}${index < chain.length - 1 ? ' imports' : ''}`)
    .join('\n')
}
