import type { CustomLinkAttribute, DraftsPolicy, EnvPrefix, RichTextType } from '@keyblok/core'
import {
  arePrefixes,
  checkOptions,
  guardProblems,
  isBoolean,
  isOneOf,
  isPath,
  isText,
  isTexts,
  refuseProblems,
} from '@keyblok/vite'
import type { BridgeSource, GuardOptions, OptionCheck, TypesOptions } from '@keyblok/vite'

/** The plugin's options; all of them have defaults. */
export interface KeyblokOptions {
  /**
   * The file whose default export maps component names to Svelte components, `src/lib/storyblok/bloks.ts` by default; or a
   * folder of components, where `ArticleCard.svelte` shows the blok `article_card`.
   */
  bloks?: string
  /** The file that exports functions of blok data, `src/lib/storyblok/blok-data.server.ts` by default. */
  blokData?: string
  /**
   * The file that exports what `defineSpace` made, `src/lib/storyblok/stories.ts` by default; components write links by it.
   */
  stories?: string
  /** Who sees drafts on a staging site. */
  drafts?: DraftsPolicy
  /** How rich text is made ready to show. */
  richText?: RichTextPageOptions
  /**
   * The path of the endpoint that opens private assets, such as `/assets` for `src/routes/assets/[...file]/+server.ts`.
   * Without it private assets are not shown.
   */
  privateAssets?: string
  /** How editors see drafts. */
  preview?: PreviewOptions
  /** How secrets are kept from browsers. */
  guard?: GuardOptions
  /**
   * Whether requests keep within Storyblok's rate limits, as they do by default. A whole space is read faster without, from
   * an API that has none, such as a local space.
   */
  rateLimit?: boolean
  /** The variable prefixes of all spaces that the app reads, so that the editors of each are known. */
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
   * A path such as `/_preview`, below which editors see the pages that are prerendered for visitors: the preview URL in
   * Storyblok ends with it then. The routes have an optional segment for it, `src/routes/[[preview=preview]]/…`, with a
   * matcher in `src/params.ts`; or there are routes of their own below it. What has none is shown where it is.
   */
  path?: `/${string}`
  /**
   * Where Storyblok's bridge comes from: the package `@storyblok/preview-bridge`, which the app installs, by default, or
   * with `cdn` Storyblok's own script.
   */
  bridge?: BridgeSource
}

/** How rich text is made ready to show. */
export interface RichTextPageOptions {
  /** The types of nodes and marks that components or snippets show. All others are sent as HTML, which is shorter. */
  components?: readonly RichTextType[]
  /** Whether headings have ids, made of their text; they have by default. */
  headingIds?: boolean
  /** The `data-` and `aria-` attributes that editors may give links, such as `data-campaign`. */
  linkAttributes?: readonly CustomLinkAttribute[]
}

const checks: Readonly<Record<keyof KeyblokOptions, OptionCheck>> = {
  bloks: isText,
  blokData: isText,
  stories: isText,
  drafts: isOneOf(['granted', 'everyone']),
  richText: () => undefined,
  privateAssets: isPath,
  preview: () => undefined,
  guard: () => undefined,
  rateLimit: isBoolean,
  spaces: arePrefixes,
  types: () => undefined,
}

const richTextChecks: Readonly<Record<keyof RichTextPageOptions, OptionCheck>> = {
  components: isTexts,
  headingIds: isBoolean,
  linkAttributes: isTexts,
}

const previewChecks: Readonly<Record<keyof PreviewOptions, OptionCheck>> = {
  path: isPath,
  bridge: isOneOf(['package', 'cdn']),
}

const typesChecks: Readonly<Record<keyof TypesOptions, OptionCheck>> = { content: isText, out: isText }

/**
 * Refuses options that would do nothing, or something else than was meant.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every problem.
 */
export function validateOptions(options: KeyblokOptions): void {
  const { guard, preview, richText, types } = options
  refuseProblems(
    [
      ...checkOptions(options, checks),
      ...(preview === undefined ? [] : checkOptions(preview, previewChecks, 'preview.')),
      ...(richText === undefined ? [] : checkOptions(richText, richTextChecks, 'richText.')),
      ...(types === undefined || types === false ? [] : checkOptions(types, typesChecks, 'types.')),
      ...(guard === undefined ? [] : guardProblems(guard)),
    ],
    'Correct the options of keyblok() in the Vite configuration.',
  )
}
