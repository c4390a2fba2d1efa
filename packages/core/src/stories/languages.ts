import type { Space } from './space.js'

/** Gives the space's own spelling of a language, `undefined` when it has none of that code. */
export function findLanguage(
  { languages = [] }: Pick<Space, 'languages'>,
  code: string | undefined,
): string | undefined {
  if (code === undefined) return undefined
  const wanted = code.toLowerCase().replaceAll('_', '-')
  return languages.find((language) => language.toLowerCase().replaceAll('_', '-') === wanted)
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
