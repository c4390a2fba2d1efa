import { assetHosts } from '@keyblok/core'
import type { AstroConfig } from 'astro'
import type { Plugin } from 'vite'

/** What is added to Astro’s configuration, and to Vite’s. */
export interface ImageServiceSetup {
  image: Pick<AstroConfig['image'], 'remotePatterns'> & { service: { entrypoint: string } }
  plugin: Plugin
}

/** Where a local space may be, for a site that runs on the same machine. */
const localHosts = ['127.0.0.1', 'localhost'].map((hostname) => ({ protocol: 'http', hostname, pathname: '/f/**' }))

/**
 * Puts the image service of Storyblok's assets before the one that is configured.
 *
 * @param configured - The service for all other images.
 * @param local - Whether assets may be those of a local space.
 */
export function setUpImageService({ entrypoint }: AstroConfig['image']['service'], local: boolean): ImageServiceSetup {
  const hosts = assetHosts.map((hostname) => ({ protocol: 'https', hostname, pathname: '/f/**' }))
  return {
    image: {
      remotePatterns: [...hosts, ...(local ? localHosts : [])],
      // A name rather than a path: it is part of the names that Astro gives to images.
      service: { entrypoint: '@keyblok/astro/image-service' },
    },
    plugin: {
      name: 'keyblok:image-service',
      resolveId: {
        filter: { id: /^virtual:keyblok\/image-service$/ },
        handler() {
          return this.resolve(entrypoint)
        },
      },
    },
  }
}
