import type { Node } from '../project/syntax-tree.js'
import { nameOf } from './code.js'

/** The modules that variables are imported from. */
const modules = /^(\$env\/(static|dynamic)\/(private|public)|\$app\/env\/(private|public)|astro:env\/(server|client))$/

/** Gives the variable that a name was imported as from a module of the environment. */
export function environmentImport(nodes: readonly Node[], name: string): string | undefined {
  const imported = importOf(nodes, name)
  if (!imported || !modules.test(imported.source)) return undefined
  return imported.as === '*' || imported.as === 'env' ? undefined : imported.as
}

/** Tells whether a value has the variables of the environment as its properties. */
export function isEnvironment(node: Node, nodes: readonly Node[], depth = 0): boolean {
  if (node.type === 'MemberExpression') return isEnvMember(node)
  if (node.type === 'CallExpression') return nameOf(node['callee']) === 'loadEnv'
  if (node.type === 'ObjectExpression')
    return (node['properties'] as Node[]).some(({ argument }) => argument && isEnvironment(argument, nodes, depth))
  if (node.type !== 'Identifier' || depth > 3) return false
  const name = nameOf(node)
  const imported = importOf(nodes, name)
  if (imported) return imported.as === 'env' || (imported.as === '*' && modules.test(imported.source))
  return nodes.some(
    ({ type, id, init }) =>
      type === 'VariableDeclarator' && nameOf(id) === name && init && isEnvironment(init, nodes, depth + 1),
  )
}

/** `process.env` and `import.meta.env`. */
function isEnvMember({ object, property }: Node): boolean {
  return nameOf(property) === 'env' && (object.type === 'MetaProperty' || nameOf(object) === 'process')
}

function importOf(nodes: readonly Node[], name: string): { source: string; as: string } | undefined {
  for (const { specifiers, source } of nodes.filter(({ type }) => type === 'ImportDeclaration')) {
    const found = (specifiers as Node[]).find(({ local }) => nameOf(local) === name)
    if (found) return { source: source.value, as: found['imported'] ? nameOf(found['imported']) : '*' }
  }
  return undefined
}
