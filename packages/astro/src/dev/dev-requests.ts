import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import { isLocalRequest } from '@keyblok/core/server'
import type { AstroIntegration } from 'astro'
import { devRequestsKey, localHeader } from './dev-requests-key.js'
import type { DevRequest } from './dev-requests-key.js'

type Plugin = NonNullable<NonNullable<Parameters<UpdateConfig>[0]['vite']>['plugins']>[number]
type UpdateConfig = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0]['updateConfig']

/**
 * Remembers, for the dev server's current request, whether it comes from this machine: drafts are for this machine only.
 * Astro hides a request's headers from prerendered pages, in dev too, and pages in workerd do not see this process.
 *
 * @param onElsewhere - What has to happen before another machine is answered.
 */
export function devRequests(onElsewhere: () => Promise<void>): Plugin {
  return {
    name: 'keyblok:dev-requests',
    apply: 'serve',
    configureServer(server) {
      // The pages run in another module graph of the same process.
      const storage = new AsyncLocalStorage<DevRequest>()
      Object.assign(globalThis, { [devRequestsKey]: storage })
      server.middlewares.use((request, _response, next) => {
        const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
        const read = { get: (name: string) => headers.get(name) ?? null, has: (name: string) => headers.has(name) }
        const local = isLocalRequest(read, request.socket.remoteAddress)
        setHeader(request, localHeader, local ? '1' : '0')
        if (local) storage.run({ local }, next)
        else void onElsewhere().then(() => storage.run({ local }, next))
      })
    },
  }
}

/** Replaces a header of a request, also where it stands as it was sent. */
function setHeader({ headers, rawHeaders }: IncomingMessage, name: string, value: string): void {
  headers[name] = value
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() === name) rawHeaders.splice(index, 2)
  }
  rawHeaders.push(name, value)
}
