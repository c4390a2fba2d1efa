import { Hono } from 'hono'
import { addAssetRoutes } from './assets/routes.js'
import { addEditorRoutes } from './editor/routes.js'
import type { HandlerParts } from './handler.js'
import { addHomePage } from './home-page.js'
import { addManagementRoutes } from './management/routes.js'

/** Makes everything beside the Content Delivery API: its page, the Management API, assets and the Visual Editor. */
export function createRoutes({
  context,
  limit,
  personalToken,
}: HandlerParts): (request: Request) => Response | Promise<Response> {
  const app = new Hono()
  addHomePage(app, context.store)
  // A browser asks before it reads with a header of its client’s.
  app.options('/v2/cdn/*', (request) =>
    request.body(null, 204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }),
  )
  addManagementRoutes(app, context, limit)
  addAssetRoutes(app, context)
  addEditorRoutes(app, context, personalToken)
  return (request) => app.fetch(request)
}
