import type { SpaceContext } from './context.js'
import type { Deliver } from './delivery/delivery.js'
import { deliveryBase } from './delivery/operations.js'
import type { RateLimit } from './rate-limit.js'

/** What the space answers with. */
export interface HandlerParts {
  context: SpaceContext
  deliver: Deliver
  limit: RateLimit | undefined
  /** What the Visual Editor asks the Management API with. */
  personalToken: string
}

/**
 * Answers a request.
 *
 * @param address - The client's address; none where the request came from this process.
 */
export type Handler = (request: Request, address?: string) => Promise<Response>

/**
 * Makes the handler of all requests. What is not a read of the Content Delivery API is loaded when it is first asked
 * for, so that a space is ready as soon as it has its content.
 */
export function createHandler(parts: HandlerParts): Handler {
  let routes: Promise<Handler> | undefined
  return async (request, address) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (isRead && new URL(request.url).pathname.startsWith(deliveryBase)) {
      const { body, ...init } = parts.deliver(request.url, request.headers.get('If-None-Match'))
      return new Response(init.status === 304 || request.method === 'HEAD' ? null : Buffer.concat(body), init)
    }
    routes ??= import('./routes.js').then(({ createRoutes }) => createRoutes(parts))
    return (await routes)(request, address)
  }
}
