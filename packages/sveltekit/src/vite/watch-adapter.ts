/** What is read of an adapter’s builder. */
interface Builder {
  routes?: readonly { prerender?: boolean | 'auto' }[]
}

/** What is read of an adapter. */
export interface Adapter {
  adapt(builder: Builder): unknown
}

/** What an adapter wrote. */
export interface Adapted {
  /** Folders that browsers get. */
  browser: string[]
  /** Folders of the server’s code. */
  server: string[]
  /** Whether a server renders some pages on demand. */
  onDemand: boolean
}

/** The builder’s methods that copy what was built, by what they copy. Their first parameter is where to. */
const copies: Readonly<Record<string, 'browser' | 'server'>> = {
  writeClient: 'browser',
  writePrerendered: 'browser',
  writeServer: 'server',
  generateServerInstance: 'server',
}

/** The builder’s methods that only an adapter with a server calls; some bundle its code from where it was built. */
const serverMethods = new Set(['writeServer', 'generateServerInstance', 'getServerDirectory', 'generateManifest'])

/**
 * Tells what an adapter writes, and where: only the adapter knows the folder that is deployed.
 *
 * @param onAdapted - Is told when the adapter is done.
 */
export function watchAdapter(adapter: Adapter, onAdapted: (adapted: Adapted) => void): void {
  const { adapt } = adapter
  adapter.adapt = async (builder) => {
    const adapted: Adapted = { browser: [], server: [], onDemand: false }
    const isRendered = builder.routes?.some(({ prerender }) => prerender !== true) ?? true
    const watched = watch(builder, (method, to) => {
      const kind = copies[method]
      if (kind && typeof to === 'string') adapted[kind].push(to)
      if (serverMethods.has(method) && isRendered) adapted.onDemand = true
    })
    await Reflect.apply(adapt, adapter, [watched])
    onAdapted(adapted)
  }
}

/** Tells of each method that is watched, when it is called, with its first argument. */
function watch(builder: Builder, onCall: (method: string, first: unknown) => void): Builder {
  return new Proxy(builder, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      const isWatched = typeof name === 'string' && (Object.hasOwn(copies, name) || serverMethods.has(name))
      if (typeof value !== 'function' || !isWatched) return value
      return (...args: unknown[]): unknown => {
        onCall(name, args[0])
        return Reflect.apply(value, target, args)
      }
    },
  })
}
