/** What an editor wrote and did not save. */
export interface UnsavedStory {
  /** The story's numeric id. */
  id: number
  /** The space that the story is of. */
  spaceId: number
  /** Its content, as the Visual Editor tells it. */
  content: Readonly<Record<string, unknown>>
  name?: string | undefined
  tag_list?: readonly string[] | undefined
}

type Tree = Readonly<Record<string, unknown>>

/**
 * Gives unsaved content the form in which the delivery API gives what is saved. The Visual Editor puts related stories in
 * place of their UUIDs, one level deep, and can tell all translations of a field; none of its editing marks is believed.
 *
 * What was given once is given again for the same part of the content, so that a page sees what did not change.
 */
export class UnsavedContent {
  readonly #mark: (name: string, uid: string) => string
  readonly #suffix: string | undefined
  readonly #known = new WeakMap<object, unknown>()

  /** @param language - The language that the page shows; none for the default one. */
  constructor({ id, spaceId }: Pick<UnsavedStory, 'id' | 'spaceId'>, language?: string) {
    const place = { space: String(spaceId), id: String(id) }
    this.#mark = (name, uid) => `<!--#storyblok#${JSON.stringify({ name, space: place.space, uid, id: place.id })}-->`
    this.#suffix = language === undefined ? undefined : `__i18n__${language.replaceAll('-', '_')}`
  }

  deliver(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const delivered = Array.isArray(value)
      ? value.map((item) => this.deliver(item))
      : (uuidOf(value as Tree) ?? this.#object(value as Tree))
    this.#known.set(value, delivered)
    return delivered
  }

  #object(object: Tree): Tree {
    const isLink = object['linktype'] === 'story'
    const result: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(object)) {
      // A story that a link points to is read, never taken from a message; and what JSON cannot say, or what our own
      // functions give, nobody has written.
      if (name.includes('__i18n__') || (isLink && name === 'story')) continue
      if (name === '_data' || name === '__proto__' || value === undefined) continue
      const translated = this.#suffix === undefined ? undefined : object[name + this.#suffix]
      result[name] = this.deliver(isEmpty(translated) ? value : translated)
    }
    const { component, _uid: uid } = object
    if (typeof component === 'string' && typeof uid === 'string') result['_editable'] = this.#mark(component, uid)
    return result
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** The UUID of a story that stands where only its UUID is saved. */
function uuidOf({ uuid, full_slug: slug, content }: Tree): string | undefined {
  const isStory = typeof uuid === 'string' && typeof slug === 'string' && typeof content === 'object'
  return isStory ? uuid : undefined
}
