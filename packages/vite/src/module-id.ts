/** Takes the query off a module’s id. */
export function withoutQuery(id: string): string {
  return id.replace(/\?.*$/, '')
}

/** Makes a hook filter that matches one module id, with or without a query. */
export function exactly(id: string): RegExp {
  return new RegExp(`^${id.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')}(\\?|$)`)
}
