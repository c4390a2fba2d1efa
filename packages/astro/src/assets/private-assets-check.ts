import { KeyblokError } from '@keyblok/core'
import type { AstroIntegration, IntegrationResolvedRoute } from 'astro'
import { prerenderedError } from './prerendered-error.js'

/** The path of a file as it stands in addresses, whatever the file. */
const anyFile = '/f/1/1x1/a/a.png'

/**
 * Checks that the endpoint of private assets is there and on demand: a build that prerenders it fails.
 *
 * @param path - Where it is, below the site's base.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`.
 */
export function privateAssetsCheck(path: string): AstroIntegration {
  if (!/^\/[\w./~-]*$/.test(path) || path.startsWith('//')) {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', `The option “privateAssets” is ${JSON.stringify(path)}.`, {
      hint: 'Give the path of the endpoint on this site, such as /assets for src/pages/assets/[...file].ts.',
    })
  }
  let routes: readonly IntegrationResolvedRoute[] = []
  /** The last to be told is what the site is. */
  const endpoint = (): IntegrationResolvedRoute | undefined =>
    routes.find(({ patternRegex }) => [anyFile, `${anyFile}/`].some((file) => patternRegex.test(path + file)))

  return {
    name: '@keyblok/astro:private-assets',
    hooks: {
      'astro:routes:resolved': (resolved) => {
        routes = resolved.routes
      },
      'astro:server:start': ({ logger }) => {
        const route = endpoint()
        if (!route) logger.warn(missingMessage(path))
        else if (route.isPrerendered) logger.warn(prerenderedError(route.pattern).report)
      },
      'astro:build:start': ({ logger }) => {
        const route = endpoint()
        if (!route) logger.warn(missingMessage(path))
        else if (route.isPrerendered) throw prerenderedError(route.pattern)
      },
    },
  }
}

function missingMessage(path: string): string {
  return `The option “privateAssets” names ${path}, and no route of the site answers below it.`
}
