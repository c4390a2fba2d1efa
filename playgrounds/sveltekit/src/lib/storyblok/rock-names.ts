import type { Storyblok } from '@keyblok/sveltekit/server'
import { space } from './stories.ts'

/** Gives what each kind of rock is called in a language; where that is missing, in English. */
export async function rockNames(storyblok: Storyblok, language = 'en'): Promise<Record<string, string>> {
  const entries = await storyblok.datasource(space, 'rocks', { dimension: language })
  return Object.fromEntries(entries.map(({ value, name, dimension_value: translated }) => [value, translated || name]))
}
