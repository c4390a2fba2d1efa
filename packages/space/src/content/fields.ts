import { deepest } from './depth.js'
import type { ContentProblem } from './errors.js'
import type { StoredBlok, TranslatedSlug } from './types.js'

type Json = Record<string, unknown>

/** Reads the fields of one JSON file and collects what is wrong with them. */
export class FieldReader {
  readonly #data: Json
  readonly #file: string
  readonly #problems: ContentProblem[]
  /** What the object's fields are called by, such as `[0].`, where a file holds several. */
  readonly prefix: string

  constructor(data: Json, file: string, problems: ContentProblem[], prefix = '') {
    this.#data = data
    this.#file = file
    this.#problems = problems
    this.prefix = prefix
  }

  string(field: string): string {
    const value = this.#data[field]
    if (typeof value === 'string' && value !== '') return value
    return this.#report(field, 'a non-empty string', value, '')
  }

  /** Reads a whole number, such as an id. */
  integer(field: string, fallback?: number): number {
    const value = this.#data[field] ?? fallback
    if (Number.isSafeInteger(value)) return value as number
    return this.#report(field, 'a whole number', value, 0)
  }

  boolean(field: string): boolean {
    const value = this.#data[field] ?? false
    if (typeof value === 'boolean') return value
    return this.#report(field, 'true or false', value, false)
  }

  optionalString(field: string): string | null {
    const value = this.#data[field] ?? null
    if (value === null || typeof value === 'string') return value
    return this.#report(field, 'a string or null', value, null)
  }

  strings(field: string): string[] {
    const value = this.#data[field] ?? []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    return this.#report(field, 'an array of strings', value, [])
  }

  /** Reads an object of strings. */
  texts(field: string): Record<string, string> {
    const value = this.#data[field] ?? {}
    if (isObject(value) && Object.values(value).every((item) => typeof item === 'string')) {
      return value as Record<string, string>
    }
    return this.#report(field, 'an object of strings', value, {})
  }

  /** All fields but those named. */
  others(names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.#data).filter(([name]) => !names.includes(name)))
  }

  raw(field: string): unknown {
    return this.#data[field]
  }

  time(field: string): string | null {
    const value = this.#data[field] ?? null
    if (value === null) return null
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return new Date(value).toISOString()
    return this.#report(field, 'a time such as 2026-01-31T08:00:00.000Z', value, null)
  }

  translatedSlugs(field: string): TranslatedSlug[] | null {
    const value = this.#data[field] ?? null
    if (value === null) return null
    const slugs = Array.isArray(value) ? value.map((item) => toTranslatedSlug(item, this.#data['localized_paths'])) : []
    if (Array.isArray(value) && slugs.every((slug) => slug !== undefined)) return slugs
    return this.#report(field, 'an array of { path, name, lang, published }', value, null)
  }

  /** Reads a root blok and checks each blok nested in it. */
  blok(field: string): StoredBlok | null {
    const value = this.#data[field]
    if (!isObject(value)) return this.#report(field, 'an object', value, null)
    this.#checkBloks(value, field, 0)
    return value as StoredBlok
  }

  #checkBloks(value: unknown, field: string, depth: number): void {
    if (depth > deepest) {
      this.#report(field.slice(0, 80), `at most ${deepest} levels`, 'more', null)
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.#checkBloks(item, `${field}[${index}]`, depth + 1)
    } else if (isObject(value)) {
      if ('_uid' in value || field === 'content') {
        for (const key of ['_uid', 'component']) {
          if (typeof value[key] !== 'string' || value[key] === '')
            this.#report(`${field}.${key}`, 'a non-empty string', value[key], '')
        }
      }
      for (const [key, child] of Object.entries(value)) this.#checkBloks(child, `${field}.${key}`, depth + 1)
    }
  }

  #report<T>(field: string, expected: string, value: unknown, fallback: T): T {
    const received = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80)
    this.#problems.push({
      file: this.#file,
      field: this.prefix + field,
      message: `expected ${expected}, received ${received}`,
    })
    return fallback
  }
}

/** Gives a reader for each object of an array. */
export function readObjects(value: unknown, file: string, prefix: string, problems: ContentProblem[]): FieldReader[] {
  if (!Array.isArray(value)) {
    problems.push({ file, field: prefix || undefined, message: 'expected an array' })
    return []
  }
  return value.flatMap((item: unknown, index) => {
    const field = `${prefix}[${index}]`
    if (isObject(item)) return [new FieldReader(item, file, problems, `${field}.`)]
    problems.push({ file, field, message: 'expected an object' })
    return []
  })
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads a translated slug; the Management API answers the whole path beside it, in `localized_paths`. */
function toTranslatedSlug(value: unknown, localizedPaths: unknown): TranslatedSlug | undefined {
  if (!isObject(value)) return undefined
  const { lang, slug, name = null, published = true } = value
  const localized: unknown = Array.isArray(localizedPaths)
    ? localizedPaths.find((item) => isObject(item) && item['lang'] === lang)
    : undefined
  const path = value['path'] ?? (isObject(localized) ? localized['path'] : undefined) ?? slug
  const isComplete =
    typeof path === 'string' &&
    typeof lang === 'string' &&
    (name === null || typeof name === 'string') &&
    typeof published === 'boolean'
  return isComplete ? { path, name, lang, published } : undefined
}
