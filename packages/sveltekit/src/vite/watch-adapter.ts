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
const copies = {
  writeClient: 'browser',
  writePrerendered: 'browser',
  writeServer: 'server',
  generateServerInstance: 'server',
} as const

/**
 * Tells what an adapter writes, and where: only the adapter knows the folder that is deployed.
 *
 * @param onAdapted - Is told when the adapter is done.
 */
export function watchAdapter(adapter: Adapter, onAdapted: (adapted: Adapted) => void): void {
  const { adapt } = adapter
  adapter.adapt = async (builder) => {
    const adapted: Adapted = { browser: [], server: [], onDemand: false }
    await Reflect.apply(adapt, adapter, [watched(builder, adapted)])
    const isRendered = builder.routes?.some(({ prerender }) => prerender !== true) ?? true
    onAdapted({ ...adapted, onDemand: adapted.server.length > 0 && isRendered })
  }
}

function watched(builder: Builder, adapted: Adapted): Builder {
  return new Proxy(builder, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function' || !Object.hasOwn(copies, name)) return value
      return (...args: unknown[]): unknown => {
        if (typeof args[0] === 'string') adapted[copies[name as keyof typeof copies]].push(args[0])
        return Reflect.apply(value, target, args)
      }
    },
  })
}
