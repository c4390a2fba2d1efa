import { imageSize, imageUrl, isAssetUrl } from '@keyblok/core'
import type { ImageFormat } from '@keyblok/core'
import type { ExternalImageService, ImageTransform, LocalImageService } from 'astro'
import { baseService } from 'astro/assets'
import configured from 'virtual:keyblok/image-service'

/** A transform whose source is an asset of Storyblok, by its URL. */
type AssetTransform = ImageTransform & { src: string }

const formats: Readonly<Record<string, ImageFormat>> = {
  avif: 'avif',
  jpeg: 'jpeg',
  jpg: 'jpeg',
  png: 'png',
  webp: 'webp',
}

/** Astro’s names of qualities, as its own service takes them. */
const qualities: Readonly<Record<string, number>> = { low: 25, mid: 50, high: 80, max: 100 }

const whole = new Set(['contain', 'inside', 'scale-down'])

const local = 'transform' in configured ? configured : undefined

/**
 * Lets Astro's `<Image>` and `<Picture>` take assets from Storyblok's image service: nothing is downloaded when a site is
 * built, and nothing transformed when it runs. Other images are left to the service that was configured before.
 *
 * Astro tells by `transform` whether a service is a local one, so all that the other one has is taken over.
 */
const service: LocalImageService | ExternalImageService = {
  ...configured,

  async validateOptions(options, ...rest) {
    if (!isAsset(options)) return (await configured.validateOptions?.(options, ...rest)) ?? options
    const known: ImageTransform = Object.assign({}, options, sidesOf(options))
    const validated = (await baseService.validateOptions?.(known, ...rest)) ?? known
    return Object.assign({}, validated, { src: urlOf(options.src, validated) })
  },

  getURL(options, ...rest) {
    // An asset’s URL was made when its options were validated; Astro downloads nothing whose URL stays as it is.
    return isAsset(options) ? options.src : configured.getURL(options, ...rest)
  },

  async getSrcSet(options, ...rest) {
    if (!isAsset(options)) return (await configured.getSrcSet?.(options, ...rest)) ?? []
    if (!options.src.includes('/m/')) return []
    const most = imageSize(options.src)?.width ?? Infinity
    const widths = options.widths && [...new Set(options.widths.map((width) => Math.min(width, most)))]
    const bounded: ImageTransform = Object.assign({}, options, widths && { widths })
    const candidates = (await baseService.getSrcSet?.(bounded, ...rest)) ?? []
    return candidates
      .filter(({ transform }) => (transform.width ?? 0) <= most)
      .map((candidate) => {
        const src = urlOf(options.src, candidate.transform)
        return { ...candidate, transform: Object.assign({}, candidate.transform, { src }) }
      })
  },

  getHTMLAttributes(options, ...rest) {
    const { getHTMLAttributes } = isAsset(options) ? baseService : configured
    return getHTMLAttributes?.(options, ...rest) ?? {}
  },

  async getRemoteSize(url, ...rest) {
    const size = isAssetUrl(url) ? imageSize(url) : undefined
    if (size) return { ...size, format: endingOf(url) as 'jpg' }
    const getRemoteSize = configured.getRemoteSize ?? baseService.getRemoteSize
    if (!getRemoteSize) throw new Error(`The size of ${url} is not known.`)
    return getRemoteSize(url, ...rest)
  },

  ...(local && {
    async parseURL(...request: Parameters<LocalImageService['parseURL']>) {
      const transform = await local.parseURL(...request)
      // Assets come from Storyblok: nobody needs this server to fetch and transform them.
      return transform && isAsset(transform) ? undefined : transform
    },
  }),
}

export default service

function isAsset(options: ImageTransform): options is AssetTransform {
  return typeof options.src === 'string' && isAssetUrl(options.src)
}

/** An asset’s URL tells its size, so one side is enough, or none. */
function sidesOf({ src, width, height }: AssetTransform): { width?: number; height?: number } {
  const size = imageSize(src)
  if (!size || (width && height)) return {}
  const ratio = size.width / size.height
  if (width) return { height: Math.round(width / ratio) }
  return height ? { width: Math.round(height * ratio) } : size
}

function urlOf(src: string, { width, height, quality, format, fit, position }: ImageTransform): string {
  const url = imageUrl(src, {
    width: width && Math.round(width),
    height: height && Math.round(height),
    fit: whole.has(fit ?? '') ? 'in' : 'cover',
    smart: position === 'attention',
    quality: quality === undefined || quality === null ? undefined : (qualities[quality] ?? Number(quality)),
    format: formats[format ?? ''],
  })
  return url ?? src
}

function endingOf(url: string): string {
  return /\.(\w+)(?:\/m(?:\/.*)?)?$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? ''
}
