import type { StandardSchemaV1 } from '@standard-schema/spec'

/** Which story: by its slug, relative to the source's folder, or by its UUID; and its language, where there are several. */
export type StoryQueryArgument =
  | string
  | undefined
  | { slug?: string | undefined; language?: string | undefined }
  | { uuid: string; language?: string | undefined }

/** Which page of a list, from 1, and how many stories a page has, up to 100. */
export interface StoriesQueryArgument {
  page?: number | undefined
  perPage?: number | undefined
  language?: string | undefined
}

/** A story as it is asked for. */
export interface AskedStory {
  key: string | { uuid: string } | undefined
  language: string | undefined
}

/** The longest slug that is asked for: Storyblok's are shorter, and so is every address. */
const longestText = 2000
const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Whoever calls an endpoint can send anything, so what comes is checked, and nothing more of it is read. */
export const storyArgument: StandardSchemaV1<StoryQueryArgument, AskedStory> = schemaOf((value) => {
  if (value === undefined) return { key: undefined, language: undefined }
  if (isText(value)) return { key: value, language: undefined }
  const { slug, uuid, language } = fieldsOf(value, ['slug', 'uuid', 'language'])
  if (!isOptionalText(slug) || !isOptionalText(language)) return undefined
  if (uuid === undefined) return { key: slug, language }
  return slug === undefined && isText(uuid) && uuidPattern.test(uuid) ? { key: { uuid }, language } : undefined
}, 'A story is asked for by { slug } or by { uuid }, and { language }.')

export const storiesArgument: StandardSchemaV1<StoriesQueryArgument | undefined, StoriesQueryArgument> = schemaOf(
  (value) => {
    const { page, perPage, language } = fieldsOf(value ?? {}, ['page', 'perPage', 'language'])
    const isValid = isCount(page, 1_000_000) && isCount(perPage, 100) && isOptionalText(language)
    return isValid ? { page: page as number | undefined, perPage: perPage as number | undefined, language } : undefined
  },
  'Stories are asked for by { page, perPage, language }, with up to 100 a page.',
)

function schemaOf<Input, Output>(
  read: (value: unknown) => Output | undefined,
  message: string,
): StandardSchemaV1<Input, Output> {
  return {
    '~standard': {
      version: 1,
      vendor: 'keyblok',
      validate(value) {
        const output = read(value)
        return output === undefined ? { issues: [{ message }] } : { value: output }
      },
    },
  }
}

/** Gives the fields of an object that has no others; of anything else each is `null`, which none may be. */
function fieldsOf<Name extends string>(value: unknown, names: readonly Name[]): Partial<Record<Name, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const isKnown = isObject && Object.keys(value).every((name) => names.includes(name as Name))
  return isKnown ? value : (Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || isText(value)
}

function isCount(value: unknown, most: number): boolean {
  return value === undefined || (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most)
}
