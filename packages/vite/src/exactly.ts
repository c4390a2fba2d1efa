/** Makes a hook filter that matches one module id. */
export function exactly(id: string): RegExp {
  return new RegExp(`^${id.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')}$`)
}
