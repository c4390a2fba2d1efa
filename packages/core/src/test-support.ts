import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace, LocalSpaceOptions, StoryInput } from '@keyblok/space'
import { onTestFinished } from 'vitest'
import { Delivery } from './delivery/delivery.js'
import type { DeliveryOptions } from './delivery/delivery.js'
import type { Access, Version } from './tokens/access.js'
import { Secret } from './tokens/secret.js'

/** Obvious fakes, in the shape of Storyblok's tokens. */
export const tokens = {
  public: 'fakePUBLICfakePUBLIC11tt',
  preview: 'fakePREVIEWfakePREVIEWtt',
  asset: 'fakeASSETfakeASSETfakett',
  release: 'fakeRELEASEfakeRELEASEtt',
} as const

/** The variables of a production server that reads the demo space. */
export const environment: Readonly<Record<string, string>> = {
  STORYBLOK_API_URL: 'https://api.space.test',
  STORYBLOK_SPACE_ID: '100001',
  STORYBLOK_PUBLIC_TOKEN: tokens.public,
  STORYBLOK_PREVIEW_TOKEN: tokens.preview,
  NODE_ENV: 'production',
}

export const publicToken: Secret = new Secret(tokens.public, 'public')
export const previewToken: Secret = new Secret(tokens.preview, 'preview')

/** The access of a visitor, or of an editor. */
export function accessTo(version: Version): Access {
  return { version, token: version === 'draft' ? previewToken : publicToken, reason: 'Test.' }
}

/** Makes a local space with the demo content that goes when the test ends. */
export function createSpace(): LocalSpace {
  const content = fileURLToPath(new URL('../../../playgrounds/content/space', import.meta.url))
  const space = createLocalSpace({ content, tokens })
  onTestFinished(() => space.close())
  return space
}

type Fetch = NonNullable<DeliveryOptions['fetch']>

/** Makes a space without content of its own that goes when the test ends. */
export function createEmptySpace(options: Partial<LocalSpaceOptions> = {}): LocalSpace {
  const space = createLocalSpace({ tokens, ...options })
  onTestFinished(() => space.close())
  return space
}

/**
 * Makes a space from story files, as Storyblok's command line pulls them, that goes when the test ends.
 *
 * @param languages - The codes of its languages beside the default one.
 * @param files - Other files of the content folder, by path.
 */
export function createSpaceFrom(
  stories: readonly object[],
  languages: readonly string[],
  files: Readonly<Record<string, unknown>> = {},
): LocalSpace {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-content-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (path: string, content: unknown): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), JSON.stringify(content))
  }
  write('space.json', { name: 'Languages', languages })
  write('components/100001/components.json', [])
  mkdirSync(join(folder, 'stories/100001'), { recursive: true })
  for (const [index, story] of stories.entries()) {
    const id = index + 1
    const uuid = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`
    write(`stories/100001/${id}.json`, { id, uuid, name: `Story ${id}`, published: true, ...story })
  }
  for (const [path, content] of Object.entries(files)) write(path, content)
  return createEmptySpace({ content: folder })
}

/** Makes stories of one content type, numbered from 1, such as `post-1`. */
export function numberedStories(count: number, component = 'post'): StoryInput[] {
  return Array.from({ length: count }, (_, index) => ({
    fullSlug: `${component}-${index + 1}`,
    position: index,
    content: { _uid: `${component}-${index + 1}`, component, number: index + 1 },
  }))
}

/** A fetch that answers from a space and remembers what was asked. */
export interface RecordingFetch {
  fetch: Fetch
  urls: URL[]
}

/**
 * Answers from a space.
 *
 * @param first - Answers the first requests instead; one each. A thrown error is a network failure.
 */
export function fetchFrom(space: LocalSpace, first: readonly (() => Response)[] = []): RecordingFetch {
  const urls: URL[] = []
  const fetch: Fetch = async (input, init) => {
    urls.push(new URL(input))
    const answer = first[urls.length - 1]
    return answer ? answer() : space.fetch(new Request(input, init))
  }
  return { fetch, urls }
}

/** Makes a delivery client over a fetch; it does not wait long. */
export function createDelivery(fetch: Fetch, options: Partial<DeliveryOptions> = {}): Delivery {
  return new Delivery({
    apiOrigin: 'https://api.space.test',
    fetch,
    attempts: 3,
    timeout: 500,
    deadline: 2000,
    ...options,
  })
}

/** Everything that an error says, its causes included. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = Object.values(error).map(String).join(' ')
  return [error.message, error.stack ?? '', own, JSON.stringify(error), textOf(error.cause ?? '')].join('\n')
}
