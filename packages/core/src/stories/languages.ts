import type { Space } from './space.js'

/** Gives the space's own spelling of a language, `undefined` when it has none of that code. */
export function findLanguage(
  { languages = [] }: Pick<Space, 'languages'>,
  code: string | undefined,
): string | undefined {
  return code === undefined ? undefined : languages.find((language) => isSameLanguage(language, code))
}

/** Tells whether a space has pages in a language. No language is the default one; a space that names none has any. */
export function isLanguageOf(space: Pick<Space, 'languages'>, code: string | undefined): boolean {
  return code === undefined || !space.languages?.length || findLanguage(space, code) !== undefined
}

/** Tells whether two codes mean the same language; Storyblok and frameworks spell them differently. */
export function isSameLanguage(one: string, other: string): boolean {
  return normalize(one) === normalize(other)
}

function normalize(code: string): string {
  return code.toLowerCase().replaceAll('_', '-')
}

/** The language as Storyblok's API takes it: the default one is asked for by none. */
export function languageParameters(
  space: Space,
  code: string | undefined,
): { language?: string; fallbackLang?: string } {
  const language = findLanguage(space, code)
  if (language === undefined || language === space.languages?.[0]) return {}
  const fallbackLang = space.fallback?.[language]
  return { language, ...(fallbackLang !== undefined && { fallbackLang }) }
}
