import type { Json } from '@keyblok/core/management'

const mark = '__i18n__'

/**
 * Puts what content is in another language beside what it is in the default one, as stored content has it: a field
 * `headline` and a field `headline__i18n__de`, where they differ.
 *
 * The delivery API answers one language at a time; this is the inverse of what it does.
 *
 * @param content - In the default language, with other languages that were put in before.
 * @param translated - The same content in the language.
 * @param code - The language’s code.
 */
export function foldTranslation(content: Json, translated: Json, code: string): Json {
  const folded = fold(content, translated, mark + code.replaceAll('-', '_'))
  // Roots that differ are different versions; the default one is kept whole.
  return folded === undefined ? content : (folded as Json)
}

/** Gives one value that holds both; `undefined` when only a field of its own can hold the other. */
function fold(value: unknown, translated: unknown, suffix: string): unknown {
  if (Array.isArray(value)) return Array.isArray(translated) ? foldArray(value, translated, suffix) : undefined
  if (!isObject(value) || !isObject(translated)) return value === translated ? value : undefined
  return isBlok(value) ? foldBlok(value, translated, suffix) : foldObject(value, translated, suffix)
}

function foldArray(value: unknown[], translated: unknown[], suffix: string): unknown[] | undefined {
  if (value.length !== translated.length) return undefined
  return allOf(value.map((item, index) => fold(item, translated[index], suffix)))
}

/** Only bloks have translated fields; any other object, such as an asset, is translated whole. */
function foldObject(value: Json, translated: Json, suffix: string): Json | undefined {
  const keys = Object.keys(value)
  if (keys.length !== Object.keys(translated).length || !keys.every((key) => Object.hasOwn(translated, key))) {
    return undefined
  }
  const values = allOf(keys.map((key) => fold(value[key], translated[key], suffix)))
  return values && Object.fromEntries(keys.map((key, index) => [key, values[index]]))
}

function foldBlok(value: Json, translated: Json, suffix: string): Json | undefined {
  if (value['_uid'] !== translated['_uid'] || value['component'] !== translated['component']) return undefined
  const fields = new Set([...Object.keys(value).filter((key) => !key.includes(mark)), ...Object.keys(translated)])
  const entries = [...fields].flatMap((field): [string, unknown][] => {
    const others = Object.entries(value).filter(([key]) => key.startsWith(field + mark))
    const folded = fold(value[field], translated[field], suffix)
    const isSame = folded !== undefined || (translated[field] ?? null) === null
    const own: [string, unknown][] = isSame ? [] : [[field + suffix, translated[field]]]
    const base: [string, unknown][] = field in value ? [[field, folded ?? value[field]]] : []
    return [...base, ...others, ...own]
  })
  return Object.fromEntries(entries)
}

/** Tables are made of bloks too, but are one value. */
function isBlok({ _uid: uid, component }: Json): boolean {
  return typeof uid === 'string' && typeof component === 'string' && !component.startsWith('_')
}

/** Values that are `null` are values; one that is missing is a failure. */
function allOf(values: unknown[]): unknown[] | undefined {
  return values.includes(undefined) ? undefined : values
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
