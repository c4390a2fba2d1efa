import type { Node } from '../project/syntax-tree.js'
import { nameOf, propertyOf, walk } from './code.js'
import { environmentImport, isEnvironment } from './environment-reads.js'

/** Where a value can come from. */
export interface ValueSources {
  /** The variables of the environment. */
  variables: Set<string>
  /** The texts that are written out. */
  texts: Set<Node>
}

/** Follows a value through a file, by the names that it goes by, to where it can come from. */
export function valueSources(value: Node, statements: readonly Node[]): ValueSources {
  const nodes = [...walk(statements)]
  const found: ValueSources = { variables: new Set(), texts: new Set() }
  const seen = new Set<Node>()
  const visit = (node: Node | null | undefined): void => {
    if (!node || seen.has(node)) return
    seen.add(node)
    const variable = variableOf(node, nodes)
    if (variable !== undefined) return void found.variables.add(variable)
    if (node.type === 'StringLiteral' || node.type === 'TemplateElement') return void found.texts.add(node)
    if (!isEnvironment(node, nodes)) for (const next of nextOf(node, nodes)) visit(next)
  }
  visit(value)
  return found
}

function variableOf(node: Node, nodes: readonly Node[]): string | undefined {
  if (node.type === 'Identifier') return environmentImport(nodes, nameOf(node))
  if (!/^(Optional)?MemberExpression$/.test(node.type) || !isEnvironment(node['object'], nodes)) return undefined
  const isNamed = !node['computed'] || node['property'].type === 'StringLiteral'
  return isNamed ? nameOf(node['property']) : undefined
}

type Next = (node: Node, nodes: readonly Node[]) => (Node | null | undefined)[]

const member: Next = ({ object, property, computed }, nodes) => {
  const literals = object.type === 'Identifier' ? declarationsOf(nodes, nameOf(object)) : [object as Node]
  const known = literals.map((one) => (computed ? undefined : propertyOf(one, nameOf(property))?.['value']))
  return known.some(Boolean) ? known : [object]
}

const returned: Next = ({ body }) =>
  body.type === 'BlockStatement'
    ? [...walk(body)].filter(({ type }) => type === 'ReturnStatement').map(({ argument }) => argument as Node)
    : [body]

/** Which parts of a node its value can come from; conditions are none. */
const parts: Readonly<Record<string, Next>> = {
  Identifier: (node, nodes) => declarationsOf(nodes, nameOf(node)),
  ConditionalExpression: ({ consequent, alternate }) => [consequent, alternate],
  LogicalExpression: ({ operator, left, right }) => (operator === '&&' ? [right] : [left, right]),
  BinaryExpression: ({ operator, left, right }) => (operator === '+' ? [left, right] : []),
  TemplateLiteral: ({ quasis, expressions }) => [...quasis, ...expressions],
  CallExpression: ({ callee, arguments: given }) => [callee, ...given],
  OptionalCallExpression: ({ callee, arguments: given }) => [callee, ...given],
  MemberExpression: member,
  OptionalMemberExpression: member,
  ObjectExpression: ({ properties }) => (properties as Node[]).map(({ value, argument }) => value ?? argument),
  ArrayExpression: ({ elements }) => elements,
  FunctionDeclaration: returned,
  FunctionExpression: returned,
  ArrowFunctionExpression: returned,
}

function nextOf(node: Node, nodes: readonly Node[]): (Node | null | undefined)[] {
  // What is left wraps a value: parentheses, `await`, and what TypeScript adds.
  return parts[node.type]?.(node, nodes) ?? [node['expression'] ?? node['argument']]
}

/** Gives what a name can stand for, in whichever scope of the file. */
function declarationsOf(nodes: readonly Node[], name: string): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (node.type === 'FunctionDeclaration') return nameOf(node['id']) === name ? [node] : []
    if (node.type === 'AssignmentExpression') return nameOf(node['left']) === name ? [node['right']] : []
    if (node.type !== 'VariableDeclarator' || !node['init']) return []
    if (node['id'].type !== 'ObjectPattern') return nameOf(node['id']) === name ? [node['init']] : []
    return (node['id'].properties as Node[]).flatMap((property) => taken(property, node['init'], name))
  })
}

/** `const { a: name = b } = object` is `object.a`, or `b`. */
function taken({ start, end, key, value }: Node, object: Node, name: string): Node[] {
  const local: Node | undefined = value?.type === 'AssignmentPattern' ? value.left : value
  if (!key || nameOf(local) !== name) return []
  const read: Node = { type: 'MemberExpression', start, end, object, property: key, computed: false }
  return value.type === 'AssignmentPattern' ? [read, value.right] : [read]
}
