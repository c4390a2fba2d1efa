import type { AstroIntegration } from 'astro'
import { expose } from '../dev/dev-requests-key.js'
import { loaderName } from './loader-name.js'

type UpdateConfig = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0]['updateConfig']
type Plugin = NonNullable<NonNullable<Parameters<UpdateConfig>[0]['vite']>['plugins']>[number]
type RefreshContent = Parameters<NonNullable<AstroIntegration['hooks']['astro:server:setup']>>[0]['refreshContent']

/** Loads the collections of a dev server again when something was published. */
export class ContentRefresher {
  /** Astro's own function, once its dev server has started. */
  refreshContent: RefreshContent

  /** Loads them. What fails is shown in the terminal, and the dev server goes on with what it has. */
  readonly refresh = async (): Promise<void> => {
    try {
      await this.refreshContent?.({ loaders: [loaderName] })
    } catch (error) {
      console.error(error)
    }
  }

  #published: Promise<void> | undefined

  /**
   * Leaves only what is published in collections, for the rest of the dev server's time: another machine asks it, and
   * pages show what there is in them to everybody.
   */
  readonly publishedOnly = (): Promise<void> => {
    if (!this.#published) {
      expose()
      this.#published = this.refresh()
    }
    return this.#published
  }

  /** Looks at the answers of the webhook's endpoint, which says 200 to what Storyblok signed. */
  plugin(webhook: string): Plugin {
    const { refresh } = this
    return {
      name: 'keyblok:refresh-content',
      apply: 'serve',
      configureServer(server) {
        server.middlewares.use((request, response, next) => {
          const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '')
          if (request.method === 'POST' && path.endsWith(webhook)) {
            response.once('finish', () => response.statusCode === 200 && void refresh())
          }
          next()
        })
      },
    }
  }
}
