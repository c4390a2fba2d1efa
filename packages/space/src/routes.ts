import { Hono } from 'hono'
import { WireError } from './answer.js'
import { addAssetRoutes } from './assets/routes.js'
import { addEditorRoutes } from './editor/routes.js'
import type { Handler, HandlerParts } from './handler.js'
import { addHomePage } from './home-page.js'
import { addManagementRoutes } from './management/routes.js'

/** What the app knows of a request beside it. */
export interface Environment {
  Bindings: {
    /** The client's address; none where the request came from this process. */
    address?: string
  }
}

/** Makes everything beside the Content Delivery API: its page, the Management API, assets and the Visual Editor. */
export function createRoutes({ context, limit, personalToken }: HandlerParts): Handler {
  const app = new Hono<Environment>()
  app.onError((error, request) => {
    if (error instanceof WireError) return request.json(error.answer.body as object, error.answer.status as 400)
    console.error(error)
    return request.json({ error: 'Internal Server Error' }, 500)
  })
  addHomePage(app, context.store)
  // A browser asks before it reads with a header of its client’s.
  app.options('/v2/cdn/*', (request) =>
    request.body(null, 204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }),
  )
  addManagementRoutes(app, context, limit)
  addAssetRoutes(app, context)
  addEditorRoutes(app, context, personalToken)
  return async (request, address) => app.fetch(request, { address })
}
