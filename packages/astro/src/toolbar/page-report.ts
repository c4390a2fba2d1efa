/** A metric of a `Server-Timing` header, as browsers give it. */
export type Timing = Pick<PerformanceServerTiming, 'name' | 'description' | 'duration'>

/** What the answer that a page came in tells of its making. */
export interface PageReport {
  /** Where the site runs, such as `development`. */
  environment: string | undefined
  /** What was read of each space; none where the page read nothing. */
  spaces: SpaceReport[]
  /** The requests to Storyblok, the first ones by name. */
  requests: RequestReport[]
  /** How many were sent, and how long they took together, in milliseconds. */
  sent: { count: number; ms: number }
  /** How many reads a cache answered. */
  cacheHits: number
  /** How many stories were read, which can be more than are named. */
  storyCount: number
  /** The origins of the editors that may frame the page. */
  editorOrigins: string[]
}

export interface SpaceReport {
  /** By its variables’ prefix, such as `storyblok`. */
  name: string
  version: string
  /** The kind of the token that was used. */
  token: string
  /** Why, in one sentence. */
  reason: string
  /** The cache version, where one is known; drafts have none. */
  cv: number | undefined
  stories: StoryReport[]
}

export interface StoryReport {
  id: number
  slug: string
  /** Where the story is edited, where that is known. */
  href: string | undefined
}

export interface RequestReport {
  path: string
  /** 0 where no answer came. */
  status: number
  ms: number
}

/**
 * Reads a page's `Server-Timing`.
 *
 * @returns The report, or `undefined` where the answer tells nothing of Keyblok.
 */
export function parseReport(timings: readonly Timing[]): PageReport | undefined {
  const metrics = timings.map(({ name, description, duration }) => ({ name, text: decode(description), ms: duration }))
  const textsOf = (name: string): string[] => metrics.filter((metric) => metric.name === name).map(({ text }) => text)
  const [environment] = textsOf('keyblok-environment')
  const editors = new Map(textsOf('keyblok-editor').map(splitAtSpace))

  const spaces = metrics.flatMap(({ name, text }) => {
    const [, version, token, cv] = /^(draft|published); (\w+) token(?:; cv (\d+))?$/.exec(text) ?? []
    if (version === undefined || token === undefined) return []
    const stories = textsOf(`${name}-story`).map((story) => parseStory(story, editors.get(name)))
    const reason = textsOf(`${name}-reason`)[0] ?? ''
    return [{ name, version, token, reason, cv: cv === undefined ? undefined : Number(cv), stories }]
  })
  if (environment === undefined && spaces.length === 0) return undefined

  const summary = metrics.find(({ name }) => name === 'storyblok-requests')
  return {
    environment,
    spaces,
    requests: metrics.filter(({ name }) => name === 'storyblok-request').map(parseRequest),
    sent: { count: numberIn(summary?.text, /(\d+) sent/), ms: summary?.ms ?? 0 },
    cacheHits: numberIn(summary?.text, /(\d+) from cache/),
    storyCount: numberIn(textsOf('storyblok-stories')[0], /(\d+) read/),
    editorOrigins: [...new Set([...editors.values()].filter(isWebAddress).map((editor) => new URL(editor).origin))],
  }
}

function parseStory(text: string, editor: string | undefined): StoryReport {
  const [id, slug] = splitAtSpace(text)
  const href = editor !== undefined && isWebAddress(editor) ? `${editor}${encodeURIComponent(id)}` : undefined
  return { id: Number(id), slug, href }
}

function parseRequest({ text, ms }: { text: string; ms: number }): RequestReport {
  const [status, path] = splitAtSpace(text)
  return { path, status: Number(status), ms }
}

function numberIn(text: string | undefined, pattern: RegExp): number {
  return Number(pattern.exec(text ?? '')?.[1] ?? 0)
}

function splitAtSpace(text: string): [first: string, rest: string] {
  const index = text.indexOf(' ')
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** What is no ASCII comes encoded; what was never encoded stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
