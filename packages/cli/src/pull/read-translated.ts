import { KeyblokError } from '@keyblok/core'
import type { Json } from '@keyblok/core/management'
import type { Access, WireStory } from '@keyblok/core/server'
import { foldTranslation } from './fold-translations.js'
import type { PullContext } from './pull-context.js'

/** How often a story is read again that is published meanwhile. */
const mostReads = 3

/**
 * Reads a story from the delivery API in every language, as one content that holds all of them.
 *
 * @returns The story; `null` when the access’s version has none.
 * @throws {KeyblokError} As `Delivery.story` does.
 */
export async function readTranslated(context: PullContext, access: Access, id: number): Promise<Json | null> {
  for (let read = 1; read <= mostReads; read++) {
    const [story, ...translations] = await readLanguages(context, access, id)
    if (!story) return null
    // What was published between two reads would be put together from two versions.
    if (!translations.every((other) => other && isSameVersion(story, other))) continue
    const content = translations.reduce<Json>(
      (whole, other, index) => foldTranslation(whole, withoutMarks(other), context.languages[index] ?? ''),
      withoutMarks(story),
    )
    return withStoryblokAssets({ ...story, content }, context)
  }
  throw new KeyblokError('KB_UPSTREAM_INVALID', 'The story was published again each time that it was read.')
}

function readLanguages(context: PullContext, access: Access, id: number): Promise<(WireStory | undefined)[]> {
  const { delivery, languages, signal } = context
  return Promise.all(
    [undefined, ...languages].map(async (language) => {
      const answer = await delivery.story(access, { id }, language === undefined ? {} : { language }, { signal })
      return answer?.story
    }),
  )
}

function isSameVersion(one: WireStory, other: WireStory): boolean {
  return one.published_at === other.published_at && one.updated_at === other.updated_at
}

/** Drafts carry the editor’s marks, which no stored content has. */
function withoutMarks(story: WireStory | undefined): Json {
  const text = JSON.stringify(story?.content ?? {}, (key, value: unknown) => (key === '_editable' ? undefined : value))
  return JSON.parse(text) as Json
}

/** A local space delivers its own address for assets; stored content names Storyblok’s. */
function withStoryblokAssets(story: Json, { localOrigin }: PullContext): Json {
  if (localOrigin === undefined) return story
  return JSON.parse(JSON.stringify(story).replaceAll(`${localOrigin}/f/`, 'https://a.storyblok.com/f/')) as Json
}
