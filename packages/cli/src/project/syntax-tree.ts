import { parse } from '@babel/parser'
import type { ParserPlugin } from '@babel/parser'

/** A node of a syntax tree, with its place in the text; after the ESTree and Babel specifications. */
export interface Node {
  type: string
  start: number
  end: number
  // oxlint-disable-next-line typescript/no-explicit-any -- each type of node has fields of its own
  [field: string]: any
}

/**
 * Parses a module, TypeScript too; or the frontmatter of an Astro file, which may return.
 *
 * @param jsx - Whether it holds JSX.
 * @returns Its statements, or nothing when it cannot be parsed.
 */
export function parseStatements(text: string, jsx = false): Node[] | undefined {
  try {
    const plugins: ParserPlugin[] = jsx ? ['typescript', 'jsx'] : ['typescript']
    const { program } = parse(text, { sourceType: 'module', allowReturnOutsideFunction: true, plugins })
    return program.body as unknown as Node[]
  } catch {
    // A syntax error: whoever wrote it corrects it first.
    return undefined
  }
}

/** The names that a module imports from another one, by its import declarations. */
export function importsFrom(statements: readonly Node[], from: string): Node[] {
  return statements.filter(({ type, source }) => type === 'ImportDeclaration' && (source as Node)['value'] === from)
}

/** Finds the object that a configuration file exports: through calls, variables, functions and type annotations. */
export function findConfigObject(statements: readonly Node[]): Node | undefined {
  const exported = statements.find(({ type }) => type === 'ExportDefaultDeclaration')
  return exported && objectIn(exported['declaration'] as Node, statements, 0)
}

const deepest = 8

function objectIn(node: Node | undefined | null, statements: readonly Node[], depth: number): Node | undefined {
  if (!node || depth > deepest) return undefined
  const follow = (next: unknown): Node | undefined => objectIn(next as Node | undefined, statements, depth + 1)
  switch (node.type) {
    case 'ObjectExpression':
      return node
    case 'CallExpression':
      return follow((node['arguments'] as Node[])[0])
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return follow(node['expression'] ?? node['argument'])
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return follow(node['body'])
    case 'BlockStatement': {
      const returned = (node['body'] as Node[]).findLast(({ type }) => type === 'ReturnStatement')
      return follow(returned?.['argument'])
    }
    case 'Identifier':
      return follow(declaratorOf(statements, String(node['name']))?.['init'])
    default:
      return undefined
  }
}

/** Finds a variable of the module. */
export function declaratorOf(statements: readonly Node[], name: string): Node | undefined {
  return statements
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? (statement['declaration'] as Node) : statement))
    .filter((statement) => statement?.type === 'VariableDeclaration')
    .flatMap((declaration) => declaration['declarations'] as Node[])
    .find(({ id }) => (id as Node)['name'] === name)
}

/** Finds a property's value in an object. */
export function propertyOf(object: Node, name: string): Node | undefined {
  const found = (object['properties'] as Node[]).find(({ key, computed }) => {
    const node = key as Node | undefined
    return computed !== true && (node?.['name'] === name || node?.['value'] === name)
  })
  return found?.['value'] as Node | undefined
}
