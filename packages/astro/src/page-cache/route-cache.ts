import { isEditorsUrl } from '@keyblok/core/preview'
import type { CacheProviderFactory } from 'astro'
import createProvider from 'virtual:keyblok/cache-provider'
import { pageVersions } from './page-versions.js'

/**
 * Stands around the site's own cache of rendered pages, where that cache is in this process. Its keys know no cookies and
 * may leave parameters out, so an editor's request goes past it; and pages of a cache version that is over are dropped,
 * so that a publish shows without any webhook too, as soon as the version is asked for again.
 */
const createRouteCache: CacheProviderFactory = (config) => {
  const provider = createProvider(config)
  const { onRequest } = provider
  if (!onRequest) return provider
  pageVersions.inProcess = true
  return {
    name: provider.name,
    setHeaders: provider.setHeaders?.bind(provider),
    invalidate: (options) => provider.invalidate(options),
    async onRequest(context, next) {
      if (isEditorsUrl(context.url)) return next()
      const tags = await pageVersions.outdated({ waitUntil: context.waitUntil })
      if (tags.length > 0) await provider.invalidate({ tags })
      const { dropped, end } = pageVersions.follow()
      try {
        return await onRequest.call(provider, context, next)
      } finally {
        end()
        // The page may have gone in with what was old already.
        if (dropped.size > 0) await provider.invalidate({ tags: [...dropped] })
      }
    },
  }
}

export default createRouteCache
