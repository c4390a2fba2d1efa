import type { DraftsPolicy, EnvPrefix, Region } from '@keyblok/core'
import { regions } from '@keyblok/core/server'
import {
  arePrefixes,
  checkOptions,
  guardProblems,
  isBoolean,
  isOneOf,
  isPath,
  isText,
  refuseProblems,
} from '@keyblok/vite'
import type { BridgeSource, GuardOptions, OptionCheck, TypesOptions } from '@keyblok/vite'

/** The integration's options; all of them have defaults. */
export interface KeyblokOptions {
  /** The space's id, in place of `STORYBLOK_SPACE_ID`. It is no secret. */
  space?: number
  /** Where the space is stored, in place of `STORYBLOK_REGION`; its id tells it, except for China. */
  region?: Region
  /**
   * The file whose default export maps component names to Astro components, `src/storyblok/bloks.ts` by default; or a
   * folder of components, where `ArticleCard.astro` shows the blok `article_card`.
   */
  bloks?: string
  /** The file that exports what `defineSpace` made, `src/storyblok/stories.ts` by default; components write links by it. */
  stories?: string
  /** The file that exports functions of blok data, `src/storyblok/blok-data.server.ts` by default. */
  blokData?: string
  /** How editors see drafts; `false` lets nobody in, whatever they prove. */
  preview?: PreviewOptions | false
  /** Who sees drafts on a staging site. */
  drafts?: DraftsPolicy
  /**
   * With `service: true` Astro's `<Image>` and `<Picture>` take assets from Storyblok's image service; other images go the
   * way they went before.
   */
  images?: ImagesOptions
  /**
   * The path of the endpoint that opens private assets, such as `/assets` for `src/pages/assets/[...file].ts`. Without it
   * private assets are not shown.
   */
  privateAssets?: string
  /** The path of an endpoint for Storyblok's webhooks, such as `/storyblok/webhook`; there is none without it. */
  webhook?: `/${string}`
  /** Whether the dev toolbar has an app that tells what a page read; it has by default. */
  toolbar?: boolean
  /** How secrets are kept from browsers. */
  guard?: GuardOptions
  /**
   * Whether requests keep within Storyblok's rate limits, as they do by default. A whole space is read faster without, from
   * an API that has none, such as a local space.
   */
  rateLimit?: boolean
  /** The variable prefixes of all spaces that the site reads, so that the editors of each are known. */
  spaces?: readonly EnvPrefix[]
  /**
   * Where the types of the space's components come from and go to. They are written in dev, once Storyblok's command line
   * pulled the components; `false` writes none.
   */
  types?: TypesOptions | false
}

/** How editors see drafts. */
export interface PreviewOptions {
  /**
   * Tells which prerendered pages are rendered on demand in dev and in a staging build, by the path of their file. By
   * default all, but those with a `getStaticPaths` of their own: their props are not there on demand.
   */
  onDemand?: (file: string) => boolean
  /**
   * A path such as `/_preview`, below which editors see the pages that are prerendered for visitors: the preview URL in
   * Storyblok ends with it then. Without it they see drafts of pages on demand only, or on a staging deployment.
   */
  path?: `/${string}`
  /**
   * Where Storyblok's bridge comes from: the package `@storyblok/preview-bridge`, which the site installs, by default, or
   * with `cdn` Storyblok's own script.
   */
  bridge?: BridgeSource
}

/** How Astro's own image components work. */
export interface ImagesOptions {
  service?: boolean
}

const checks: Readonly<Record<keyof KeyblokOptions, OptionCheck>> = {
  space: (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'has to be a whole number'),
  region: isOneOf(regions),
  bloks: isText,
  stories: isText,
  blokData: isText,
  preview: () => undefined,
  drafts: isOneOf(['granted', 'everyone']),
  images: () => undefined,
  privateAssets: isPath,
  webhook: isPath,
  toolbar: isBoolean,
  guard: () => undefined,
  rateLimit: isBoolean,
  spaces: arePrefixes,
  types: () => undefined,
}

const previewChecks: Readonly<Record<keyof PreviewOptions, OptionCheck>> = {
  onDemand: (value) => (typeof value === 'function' ? undefined : 'has to be a function'),
  path: isPath,
  bridge: isOneOf(['package', 'cdn']),
}

const imagesChecks: Readonly<Record<keyof ImagesOptions, OptionCheck>> = { service: isBoolean }

const typesChecks: Readonly<Record<keyof TypesOptions, OptionCheck>> = { content: isText, out: isText }

/**
 * Refuses options that would do nothing, or something else than was meant.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every problem.
 */
export function validateOptions(options: KeyblokOptions): void {
  const { guard, images, preview, types } = options
  refuseProblems(
    [
      ...checkOptions(options, checks),
      ...(preview === undefined || preview === false ? [] : checkOptions(preview, previewChecks, 'preview.')),
      ...(images === undefined ? [] : checkOptions(images, imagesChecks, 'images.')),
      ...(types === undefined || types === false ? [] : checkOptions(types, typesChecks, 'types.')),
      ...(guard === undefined ? [] : guardProblems(guard)),
    ],
    'Correct the options of keyblok() in the Astro configuration.',
  )
}
