import type { ISbStoriesParams } from './types.js'

let told = false

/** Says once that a version or a token in a call does nothing, and who decides instead. */
export function tellWhoDecides({ version, token }: ISbStoriesParams): void {
  if (told || (version === undefined && token === undefined)) return
  told = true
  console.warn(
    '[keyblok] useStoryblokApi() ignores the parameters “version” and “token”. Keyblok decides both for each request: ' +
      'visitors read what is published, and editors whose signature checks out read drafts. Leave them out. ' +
      'See https://github.com/keyblok/keyblok/blob/main/docs/guides/migrate.md',
  )
}
