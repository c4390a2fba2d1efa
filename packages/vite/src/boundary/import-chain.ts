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

/**
 * Follows imports upwards from each module that imports a module, since each has to be changed.
 *
 * @returns A chain for each; one that is only the module itself when nobody imports it.
 */
export function importChains(module: string, importersOf: ImportGraph): string[][] {
  const importers = new Set(importersOf(module))
  if (importers.size === 0) return [[module]]
  return [...importers].map((importer) => [...importChain(importer, importersOf), module])
}

/** What frameworks write to bring pages together tells nothing: it imports every page. */
const generated = /^\.svelte-kit\/generated\/|^virtual:/

/** Writes a chain of imports as an indented list, from the first module that somebody wrote. */
export function formatChain(chain: readonly string[]): string {
  const first = chain.findIndex((module) => !generated.test(module))
  return chain
    .slice(Math.max(0, first))
    .map(
      (module, index) =>
        `${' '.repeat(index + 1)}${module}${index < chain.length - 1 - Math.max(0, first) ? ' imports' : ''}`,
    )
    .join('\n')
}
