import type { StoredBlok } from '../content/types.js'

const mark = '__i18n__'

/** The language of an answer: its code, and the suffixes of the fields to look for, the wanted one first. */
export interface Language {
  code: string
  suffixes: readonly string[]
}

/**
 * Reads `language` and `fallback_lang`; a language that the space does not have is the default one.
 *
 * @param codes - The languages of the space beside the default one.
 */
export function readLanguage(query: URLSearchParams, codes: readonly string[]): Language {
  const code = query.get('language') ?? ''
  if (!codes.includes(code)) return { code: 'default', suffixes: [] }
  const fallback = query.get('fallback_lang') ?? ''
  const wanted = codes.includes(fallback) ? [code, fallback] : [code]
  return { code, suffixes: wanted.map((name) => mark + name.replaceAll('-', '_')) }
}

/** Reads content from JSON in a language. */
export function translateContent(json: string, suffixes: readonly string[]): StoredBlok {
  const content: unknown = JSON.parse(json)
  return (json.includes(mark) ? translate(content, suffixes) : content) as StoredBlok
}

/** Gives fields their value in a language and takes all translations away, at any depth. */
function translate(value: unknown, suffixes: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => translate(item, suffixes))
  if (typeof value !== 'object' || value === null) return value
  const stored = value as Record<string, unknown>
  const fields = new Set(Object.keys(stored).map((key) => key.split(mark)[0] ?? key))
  const entries = [...fields].map((field) => {
    const keys = suffixes.map((suffix) => field + suffix)
    const key = keys.find((name) => (stored[name] ?? null) !== null) ?? field
    return [field, translate(stored[key], suffixes)] as const
  })
  return Object.fromEntries(entries.filter(([, child]) => child !== undefined))
}
