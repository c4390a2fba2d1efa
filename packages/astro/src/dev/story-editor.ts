/**
 * Gives the address at which a space's stories are edited, to which a story's id is added: Storyblok's Visual Editor, or
 * the local space's.
 *
 * @returns The address, or `undefined` where the space's id would be needed and is not known.
 */
export function storyEditor(apiOrigin: string, spaceId: number | null): string | undefined {
  const app = editorOf(apiOrigin)
  if (app === undefined) return `${apiOrigin}/editor/#story=`
  return spaceId === null ? undefined : `${app}/#/me/spaces/${spaceId}/stories/0/0/`
}

/** All regions share an editor but China, where one host does all. */
function editorOf(apiOrigin: string): string | undefined {
  const { hostname } = new URL(apiOrigin)
  if (hostname.endsWith('.storyblok.com')) return 'https://app.storyblok.com'
  return hostname.endsWith('.storyblokchina.cn') ? 'https://app.storyblokchina.cn' : undefined
}
