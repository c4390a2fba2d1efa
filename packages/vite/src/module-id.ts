import { relative } from 'node:path'

/** Takes the query off a module’s id. */
export function withoutQuery(id: string): string {
  return id.replace(/\?.*$/, '')
}

/** Makes a hook filter that matches one module id, with or without a query. */
export function exactly(id: string): RegExp {
  return new RegExp(`^${id.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')}(\\?|$)`)
}

/** Shows a module to people: by its path from the root, or from the folder of packages that it is in. */
export function displayModule(id: string, root: string): string {
  const file = withoutQuery(id).replaceAll('\0', '')
  if (file.startsWith(`${root}/`)) return relative(root, file)
  const packages = file.lastIndexOf('/node_modules/')
  return packages === -1 ? file : file.slice(packages + 1)
}
