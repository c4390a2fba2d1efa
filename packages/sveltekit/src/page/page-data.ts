import { isFileUrl, prepareRichText, warnOfPrivateAsset } from '@keyblok/core'
import type { Alternate, PreparedPart, PrepareOptions, RichText, Story as ReadStory } from '@keyblok/core'
import type { PageData, Story } from '../stories.js'

/** What the data of a page depends on. */
export interface PageContext {
  /** How rich text is made ready: the space, with the app's routing, and the language of the page. */
  richText: PrepareOptions
  /** Whether the page is prerendered, for everybody. */
  building: boolean
}

/** What a blok is sent beside its fields; a note for editors, empty for others, where its function failed. */
export type BlokResult = { data: unknown } | { failed: string }

/** What the functions of blok data gave, by the blok that they were asked for. */
export type BlokResults = ReadonlyMap<object, BlokResult>

type Tree = Readonly<Record<string, unknown>>

/** What of a story pages get; its content is another matter. */
const storyFields = [
  'id',
  'uuid',
  'name',
  'slug',
  'full_slug',
  'lang',
  'tag_list',
  'published_at',
  'first_published_at',
  'href',
  'alternates',
] as const satisfies readonly (keyof Story)[]

/** What of the story of a link is needed to write the link. */
const linkedFields = ['id', 'uuid', 'name', 'slug', 'full_slug', 'default_full_slug', 'translated_slugs']

/** What is sent of an asset, unless it is empty. */
const assetFields = [
  'alt',
  'title',
  'name',
  'copyright',
  'source',
  'focus',
  'is_private',
  'is_external_url',
  'fieldtype',
]

const noResults: BlokResults = new Map()

/** The bloks that are in the results, and their ancestors, are made anew for each page; everything else once. */
const made = new WeakMap<object, Map<string, unknown>>()

/**
 * Makes what a reader gave into what a page is sent: stories without the fields that pages have no use for, rich text
 * ready to show, assets without what is empty. Bloks get what their functions gave.
 *
 * @param value - What a reader gave, or anything around it; promises in it stay promises.
 */
export function pageData<Value>(value: Value, context: PageContext, results: BlokResults = noResults): PageData<Value> {
  return new PageDataMaker(context, results).make(value) as PageData<Value>
}

class PageDataMaker {
  readonly #context: PageContext
  readonly #results: BlokResults
  /** What stories and bloks became in this context, as long as nothing of it is one page's own. */
  readonly #key: string

  constructor(context: PageContext, results: BlokResults) {
    this.#context = context
    this.#results = results
    this.#key = `${context.richText.language} ${context.richText.space.name}`
  }

  make(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Promise) return this.#later(value)
    if (Array.isArray(value)) return this.#list(value)
    // What has a class of its own is SvelteKit's to send, or to refuse.
    if (!isPlain(value)) return value
    if (isStory(value)) return this.#story(value)
    return this.#object(value as Tree)
  }

  /** SvelteKit sends it when it is there. One that fails before anybody waits for it ends no process. */
  #later(promise: Promise<unknown>): Promise<unknown> {
    const later = promise.then((value) => this.make(value))
    later.catch(() => {})
    return later
  }

  #list(list: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | undefined
    for (const [index, item] of list.entries()) {
      const sent = this.make(item)
      if (sent !== item) (copy ??= [...list])[index] = sent
    }
    return copy ?? list
  }

  #story(story: ReadStory): unknown {
    if (this.#results.size > 0) return this.#makeStory(story)
    const known = made.get(story)?.get(this.#key)
    if (known) return known
    const page = this.#makeStory(story)
    const others = made.get(story) ?? new Map<string, unknown>()
    made.set(story, others.set(this.#key, page))
    return page
  }

  #makeStory(story: ReadStory): Tree {
    const page: Record<string, unknown> = pick(story as unknown as Tree, storyFields)
    page['content'] = this.make(story.content)
    return page
  }

  #object(object: Tree): unknown {
    // A blok's fields may be called anything.
    if (object['component'] !== undefined) return this.#copy(object)
    if (object['type'] === 'doc') return this.#richText(object)
    if (isAsset(object)) return assetOf(object, this.#context.building)
    // Values of plugins are the plugin's own.
    if (typeof object['plugin'] === 'string') return object
    return this.#copy(object)
  }

  #richText(doc: Tree): unknown {
    const prepared = prepareRichText(doc as unknown as RichText<unknown>, this.#context.richText)
    return { ...prepared, parts: this.#parts(prepared.parts) }
  }

  /** Bloks in a rich text are bloks as any other. */
  #parts(parts: readonly PreparedPart<unknown>[]): PreparedPart<unknown>[] {
    return parts.map((part) => {
      if (typeof part === 'string') return part
      if ('bloks' in part) return { bloks: this.#list(part.bloks) }
      return { ...part, children: this.#parts(part.children) }
    })
  }

  /** Copies only what changes. */
  #copy(object: Tree): Tree {
    let copy: Record<string, unknown> | undefined
    for (const key in object) {
      const value = object[key]
      const isLinked = key === 'story' && object['linktype'] === 'story' && isPlain(value)
      const sent = isLinked ? pick(value, linkedFields) : this.make(value)
      if (sent !== value) (copy ??= { ...object })[key] = sent
    }
    const result = this.#results.get(object)
    // Ours alone: content that has such a field came from somebody who wants to be taken for a function.
    if (result === undefined && !Object.hasOwn(object, '_data')) return copy ?? object
    copy ??= { ...object }
    delete copy['_data']
    if (result) copy['_data'] = 'data' in result ? { data: this.make(result.data) } : result
    return copy
  }
}

function isPlain(value: unknown): value is Tree {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isStory(value: object): value is ReadStory {
  const { uuid, full_slug: slug, href, content, alternates } = value as Partial<ReadStory>
  const hasTexts = [uuid, slug, href].every((text) => typeof text === 'string')
  return hasTexts && typeof content === 'object' && Array.isArray(alternates as readonly Alternate[])
}

function isAsset({ fieldtype, filename, is_private: isPrivate }: Tree): boolean {
  return (fieldtype === 'asset' || isPrivate === true) && (typeof filename === 'string' || filename === null)
}

/** A prerendered page is everybody’s, and a private asset is not. */
function assetOf(asset: Tree, building: boolean): Tree {
  const filename = asset['filename'] as string | null
  const isHidden = building && asset['is_private'] === true && !!filename
  if (isHidden) warnOfPrivateAsset(filename, true)
  const isFile = !!filename && isFileUrl(filename)
  const sent: Record<string, unknown> = { id: asset['id'] ?? null, filename: isFile && !isHidden ? filename : '' }
  for (const field of assetFields) {
    const value = asset[field]
    if (value !== undefined && value !== null && value !== '' && value !== false) sent[field] = value
  }
  const more = asset['meta_data']
  if (isPlain(more) && Object.entries(more).some(([name, value]) => value && value !== asset[name])) {
    sent['meta_data'] = more
  }
  return sent
}

function pick(object: Tree, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => object[field] !== undefined).map((field) => [field, object[field]]),
  )
}
