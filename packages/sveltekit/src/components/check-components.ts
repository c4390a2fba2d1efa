import { KeyblokError } from '@keyblok/core'

/**
 * Refuses components and snippets that would show nothing: a load writes as HTML what the plugin does not know of.
 *
 * @param shown - The types that they are for.
 * @param known - The types that the plugin knows of.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`.
 */
export function checkComponents(shown: readonly string[], known: readonly string[]): void {
  const unknown = shown.filter((type) => !known.includes(type))
  if (unknown.length === 0) return
  const names = [...known, ...unknown].map((type) => `'${type}'`).join(', ')
  const details = `<RichText> has a component for ${unknown.join(', ')}, which its plugin does not know of.`
  throw new KeyblokError('KB_CONFIGURATION_INVALID', details, {
    hint: `Tell it in the Vite configuration: keyblok({ richText: { components: [${names}] } }).`,
  })
}
