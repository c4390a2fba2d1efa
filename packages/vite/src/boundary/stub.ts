/** What is read of a module’s syntax tree. */
interface Node {
  type: string
  name?: string
  value?: unknown
  id?: Node | null
  left?: Node
  argument?: Node
  declaration?: (Node & { declarations?: readonly { id: Node }[] }) | null
  specifiers?: readonly { exported: Node }[]
  exported?: Node | null
  source?: Node | null
  elements?: readonly (Node | null)[]
  properties?: readonly (Node & { value?: Node })[]
}

/**
 * Writes a module with the same exports and nothing behind them. What it exports of another module by `*` stays, since
 * only that module knows the names.
 */
export function stubOf(program: { body: readonly unknown[] }): string {
  const exports = (program.body as readonly Node[]).map(exportsOf)
  const names = [...new Set(exports.flatMap(({ named }) => named))]
  return [
    ...names.map((name, index) => `const e${index} = undefined\nexport { e${index} as ${name} }`),
    ...exports.flatMap(({ all }) => all),
  ].join('\n')
}

function exportsOf({ type, declaration, specifiers = [], exported, source }: Node): { named: string[]; all: string[] } {
  switch (type) {
    case 'ExportDefaultDeclaration':
      return { named: ['default'], all: [] }
    case 'ExportAllDeclaration':
      if (exported) return { named: [exportedName(exported)], all: [] }
      return { named: [], all: [`export * from ${JSON.stringify(source?.value)}`] }
    case 'ExportNamedDeclaration':
      return {
        named: [...specifiers.map(({ exported: name }) => exportedName(name)), ...declaredNames(declaration)],
        all: [],
      }
    default:
      return { named: [], all: [] }
  }
}

/** A name may be written as a string. */
function exportedName({ name, value }: Node): string {
  return name ?? JSON.stringify(value)
}

function declaredNames(declaration: Node['declaration']): string[] {
  if (!declaration) return []
  const { id, declarations = [] } = declaration
  return [...(id ? boundNames(id) : []), ...declarations.flatMap((declared) => boundNames(declared.id))]
}

function boundNames(pattern: Node): string[] {
  const { type, name, left, argument, elements = [], properties = [] } = pattern
  switch (type) {
    case 'Identifier':
      return name === undefined ? [] : [name]
    case 'AssignmentPattern':
      return left ? boundNames(left) : []
    case 'RestElement':
      return argument ? boundNames(argument) : []
    case 'ArrayPattern':
      return elements.flatMap((element) => (element ? boundNames(element) : []))
    case 'ObjectPattern':
      return properties.flatMap((property) => boundNames(property.value ?? property))
    default:
      return []
  }
}
