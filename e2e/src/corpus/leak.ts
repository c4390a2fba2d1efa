/** Files of a site, by their paths. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** One way in which a secret gets out, and the same site done right. */
export interface Leak {
  /** What happens, in words; the leak’s files are named after it. */
  name: string
  /**
   * What catches it: the boundary or the scan, which fail a build; the check of public variables, which stops dev and
   * build; or the response guard, which overwrites the secret and reports the route.
   */
  caughtBy: 'boundary' | 'scan' | 'variables' | 'response'
  leak: Files
  /** The same without the leak. */
  twin: Files
  /** What the report says of it. */
  reports: RegExp
  /** Whether what catches it stops the build before others are found. */
  stopsEarly?: boolean
  /** Further environment variables, for `variables`. */
  env?: Readonly<Record<string, string>>
  /** The requests that bring the secret out, one after the other, for `response`. */
  requests?: readonly LeakRequest[]
}

export interface LeakRequest {
  path: string
  init?: RequestInit
  /** Finds the path of the next request in the answer. */
  next?(body: string): string
}

/** The environment of the sites: obvious fakes, one with characters that most languages escape. */
export const environment = {
  STORYBLOK_PUBLIC_TOKEN: 'fakePUBLICfakePUBLIC11tt',
  STORYBLOK_PREVIEW_TOKEN: 'fakePREVIEWfakePREVIEWtt',
  APP_SECRET: `fake"&<SECRET>'fake`,
} as const

export const preview: string = environment.STORYBLOK_PREVIEW_TOKEN

/** Writes the way in which server code reads the token. */
export const readToken = 'process.env.STORYBLOK_PREVIEW_TOKEN'
