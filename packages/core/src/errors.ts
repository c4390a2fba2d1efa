/** A permanent name of something that can go wrong; each has a page in the `errors` folder of the repository. */
export type ErrorCode =
  | 'KB_CONFIGURATION_INVALID'
  | 'KB_TOKEN_MISSING'
  | 'KB_TOKEN_REFUSED'
  | 'KB_DRAFT_REFUSED'
  | 'KB_RELEASE_REFUSED'
  | 'KB_CONTENT_INVALID'
  | 'KB_BLOK_DATA_FAILED'
  | 'KB_SCHEMA_INVALID'
  | 'KB_WEBHOOK_REFUSED'
  | 'KB_MANAGEMENT_REFUSED'
  | 'KB_COMPAT_UNSUPPORTED'
  | 'KB_ABORTED'
  | 'KB_PARAMETER_INVALID'
  | 'KB_RATE_LIMITED'
  | 'KB_TIMEOUT'
  | 'KB_UPSTREAM_FAILED'
  | 'KB_UPSTREAM_INVALID'
  | 'KB_TOKEN_LEAKED'
  | 'KB_TOKENS_NOT_PROVEN'
  | 'KB_TOKEN_IN_PUBLIC_VARIABLE'
  | 'KB_TOKEN_BAKED'
  | 'KB_SERVER_ONLY'
  | 'KB_PLUGIN_ORDER'

/** What an error may carry besides its message. */
export interface ErrorDetails {
  /** What to do about it, as full sentences. */
  hint?: string
  /** The HTTP status of Storyblok's last answer. */
  status?: number
  /** The URL that was asked, without its token. */
  url?: string
  /** The reason below, with every token taken out. */
  cause?: unknown
}

/**
 * Reports anything that Keyblok cannot do. No message, hint, URL or cause of it holds a token.
 *
 * @example
 * ```ts
 * import { KeyblokError } from '@keyblok/core'
 *
 * export const isOutage = (error: unknown): boolean =>
 *   error instanceof KeyblokError && error.unavailable
 * ```
 */
export class KeyblokError extends Error {
  override readonly name = 'KeyblokError'
  /** The permanent code, such as `KB_TOKEN_MISSING`. */
  readonly code: ErrorCode
  /** What to do about it. */
  readonly hint: string
  readonly status?: number
  readonly url?: string
  readonly #details: string
  readonly #given: ErrorDetails

  constructor(code: ErrorCode, details: string, { hint, status, url, cause }: ErrorDetails = {}) {
    const title = `[keyblok] ${catalogue[code].title} (${code}).`
    // A build that fails says what it could not read.
    const asked = url === undefined ? '' : ` Asked was ${url}`
    super(
      `${title}${details.startsWith('\n') ? '' : ' '}${details}${asked}`,
      cause === undefined ? undefined : { cause },
    )
    this.#details = details
    this.#given = { hint, status, url, cause }
    this.code = code
    this.hint = `${hint ?? catalogue[code].hint} See ${pages}/${code}.md`
    this.status = status
    this.url = url
  }

  /**
   * Gives the same error with where it happened, for builds of many pages.
   *
   * @param place - A noun, such as `the page /about`.
   */
  at(place: string): KeyblokError {
    const error = new KeyblokError(this.code, `${this.#details} Needed for: ${place}.`, this.#given)
    error.stack = this.stack?.replace(this.message, error.message)
    return error
  }

  /** The message and what to do about it, for people. */
  get report(): string {
    return `${this.message}\n${this.hint}`
  }

  /** Whether the content exists but cannot be had now, so that asking again later can help. */
  get unavailable(): boolean {
    return catalogue[this.code].unavailable
  }
}

const pages = 'https://github.com/keyblok/keyblok/blob/main/errors'

interface CatalogueEntry {
  /** What happened, as a sentence without its full stop. */
  title: string
  hint: string
  unavailable: boolean
}

const catalogue: Record<ErrorCode, CatalogueEntry> = {
  KB_CONFIGURATION_INVALID: {
    title: 'Keyblok’s configuration is invalid',
    hint: 'Correct the environment variables named above.',
    unavailable: false,
  },
  KB_TOKEN_MISSING: {
    title: 'An access token is missing',
    hint: 'Create the token in Storyblok under Settings → Access tokens and set the variable on the server.',
    unavailable: false,
  },
  KB_TOKEN_REFUSED: {
    title: 'Storyblok refused the access token',
    hint:
      'Either the token is wrong, revoked or in the wrong variable, or the space lives in another region than the one that was asked: ' +
      'set STORYBLOK_REGION (eu, us, ca, ap, cn) or STORYBLOK_SPACE_ID.',
    unavailable: false,
  },
  KB_DRAFT_REFUSED: {
    title: 'This request may not read drafts',
    hint: 'Drafts need the Visual Editor’s grant, or an environment that grants them. Read the published version instead.',
    unavailable: false,
  },
  KB_RELEASE_REFUSED: {
    title: 'This request may not read the release',
    hint: 'A release needs its own token, or the right to see drafts.',
    unavailable: false,
  },
  KB_CONTENT_INVALID: {
    title: 'Storyblok answered content that Keyblok cannot use',
    hint: 'Open the story in Storyblok and save it again.',
    unavailable: false,
  },
  KB_BLOK_DATA_FAILED: {
    title: 'A function of blok data failed',
    hint: 'Correct the function, or what it reads; the page is shown without the blok meanwhile.',
    unavailable: false,
  },
  KB_SCHEMA_INVALID: {
    title: 'The space’s schema cannot be read',
    hint: 'Pull it again: storyblok components pull, storyblok datasources pull.',
    unavailable: false,
  },
  KB_WEBHOOK_REFUSED: {
    title: 'A webhook was refused',
    hint: 'Check that STORYBLOK_WEBHOOK_SECRET is the secret of the webhook in Storyblok.',
    unavailable: false,
  },
  KB_MANAGEMENT_REFUSED: {
    title: 'Storyblok’s Management API refused a request',
    hint: 'Do as its reason says: something is not there, not allowed as it is, or was changed meanwhile.',
    unavailable: false,
  },
  KB_COMPAT_UNSUPPORTED: {
    title: 'The compat client does not do this',
    hint: 'Read by the endpoints that it has. To write, use Storyblok’s Management API where no page is rendered.',
    unavailable: false,
  },
  KB_ABORTED: {
    title: 'The read was given up',
    hint: 'The caller’s signal ended it; nothing has to be done.',
    unavailable: false,
  },
  KB_PARAMETER_INVALID: {
    title: 'A read has an invalid parameter',
    hint: 'Correct the call; Keyblok forwards only parameters that Storyblok’s API documents.',
    unavailable: false,
  },
  KB_RATE_LIMITED: {
    title: 'Storyblok’s rate limit was hit',
    hint: 'Read fewer pages at once, or cache published reads.',
    unavailable: true,
  },
  KB_TIMEOUT: {
    title: 'Storyblok did not answer in time',
    hint: 'Check the network and Storyblok’s status page; a longer deadline can be configured.',
    unavailable: true,
  },
  KB_UPSTREAM_FAILED: {
    title: 'Storyblok’s API failed',
    hint: 'Check that the API can be reached: the network, STORYBLOK_API_URL, and Storyblok’s status page.',
    unavailable: true,
  },
  KB_UPSTREAM_INVALID: {
    title: 'The answer is not Storyblok’s',
    hint: 'A proxy or another server answered in Storyblok’s place. Check STORYBLOK_API_URL and what lies between.',
    unavailable: true,
  },
  KB_TOKEN_LEAKED: {
    title: 'A secret would reach the browser',
    hint: 'Use it on the server, and hand only the result to the page. If this was deployed before, replace the secret.',
    unavailable: false,
  },
  KB_TOKENS_NOT_PROVEN: {
    title: 'It is not proven that no secret reaches the browser',
    hint: 'Set the tokens in the environment of the build, so that it can search for them, or give it their fingerprints.',
    unavailable: false,
  },
  KB_TOKEN_IN_PUBLIC_VARIABLE: {
    title: 'A variable that every browser gets holds a secret',
    hint: 'Do as said above, and replace the secret if a site was deployed with it.',
    unavailable: false,
  },
  KB_TOKEN_BAKED: {
    title: 'A server’s code holds a secret',
    hint:
      'The value is baked in: replacing the secret needs a new build, and whoever gets the bundle has it. ' +
      'Read it when the site runs.',
    unavailable: false,
  },
  KB_SERVER_ONLY: {
    title: 'A server module is imported by browser code',
    hint: 'Move the call to where the server runs, such as a page’s frontmatter or a load function, and pass its result on. For a type, write `import type`.',
    unavailable: false,
  },
  KB_PLUGIN_ORDER: {
    title: 'The Vite plugins are in the wrong order',
    hint: 'Put keyblok() after the framework’s plugin.',
    unavailable: false,
  },
}
