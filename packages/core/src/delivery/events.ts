import type { Version } from '../tokens/access.js'

/** What a delivery client tells of its work. Times are in milliseconds; paths hold no query, and nothing holds a token. */
export type DeliveryEvent =
  | { type: 'request'; path: string; version: Version; status: number; ms: number; attempt: number }
  | { type: 'failure'; path: string; version: Version; reason: string; ms: number; attempt: number }
  | { type: 'retry'; path: string; attempt: number; delay: number }
  | { type: 'rate-wait'; path: string; delay: number }
  | { type: 'cache'; outcome: 'hit' | 'shared-hit' | 'miss' | 'stale'; key: string }

/** Takes events. */
export type EventListener = (event: DeliveryEvent) => void

interface Channel {
  hasSubscribers: boolean
  publish(message: unknown): void
}

interface DiagnosticsModule {
  channel(name: string): Channel
}

/**
 * Makes the function that events are told to: the site's own listener, and the channel `keyblok:delivery` of
 * `node:diagnostics_channel` where the runtime has one; `undefined` where there is neither. What a listener throws is its own affair: it never ends a read.
 */
export function createEmitter(onEvent: EventListener | undefined): EventListener | undefined {
  const channel = findChannel()
  if (!channel && !onEvent) return undefined
  return (event) => {
    if (channel?.hasSubscribers) channel.publish(event)
    if (!onEvent) return
    try {
      onEvent(event)
    } catch (error) {
      console.error('[keyblok] An onEvent listener failed:', error)
    }
  }
}

/** Node, Deno and Bun give their modules without an import, which other runtimes could not resolve. */
function findChannel(): Channel | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const module = process?.getBuiltinModule?.('node:diagnostics_channel') as DiagnosticsModule | undefined
  return module?.channel('keyblok:delivery')
}
