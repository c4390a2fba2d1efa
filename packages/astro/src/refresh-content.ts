import type { AstroIntegration } from 'astro'
import { loaderName } from './loader-name.js'

type ServerSetup = Parameters<NonNullable<AstroIntegration['hooks']['astro:server:setup']>>[0]

/** Loads the collections again when a webhook told the dev server of a change. */
export function refreshOnWebhook(
  server: ServerSetup['server'],
  path: string,
  refreshContent: NonNullable<ServerSetup['refreshContent']>,
): void {
  server.middlewares.use((request, response, next) => {
    const isWebhook = request.method === 'POST' && (request.url ?? '').split('?')[0]?.endsWith(path) === true
    // The endpoint answers 200 to what Storyblok signed.
    if (isWebhook)
      response.once('finish', () => response.statusCode === 200 && void refreshContent({ loaders: [loaderName] }))
    next()
  })
}
