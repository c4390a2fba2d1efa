/** Names that Windows keeps for devices, whatever ending they have. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** File systems take 255 bytes; an id, an ending and a temporary name have to fit as well. */
const longestName = 120

/**
 * Makes a part of a file name of what others named, such as a slug: no separators, no characters that a file system
 * refuses, nothing hidden or reserved, nothing that looks like an option.
 */
function safeName(text: string): string {
  const name = text.replaceAll(/[^\w.-]+/g, '-').slice(0, longestName)
  return !/^\w/.test(name) || reserved.test(name) ? `_${name}` : name
}

/** The file of a story: the UUID tells stories with the same slug apart, also where letters' case does not count. */
export function storyFileName({ slug, uuid }: { slug: string; uuid: string }): string {
  return `${safeName(slug)}_${safeName(uuid)}.json`
}

/** The file of an asset, and the file beside it that describes it. */
export function assetFileNames(path: string, id: number): { file: string; sidecar: string } {
  const last = path.split('/').at(-1) ?? ''
  const [, base = last, ending = ''] = /^(.*)\.([A-Za-z\d]{1,10})$/.exec(last) ?? []
  const name = `${safeName(base)}_${id}`
  const named = ending === '' ? name : `${name}.${ending.toLowerCase()}`
  // A description is the file that ends in .json, so no asset may; and what has no ending has no name beside it.
  const file = ending === '' || ending.toLowerCase() === 'json' ? `${named}.bin` : named
  return { file, sidecar: `${file.slice(0, file.lastIndexOf('.'))}.json` }
}

const rooms = ['stories', 'components', 'datasources', 'assets', 'releases'] as const

/** Tells whether a path is one of those that pulls of a space write. */
export function isPulled(path: string, spaceId: string): boolean {
  return path === 'space.json' || (isBelow(path) && rooms.some((room) => path.startsWith(`${room}/${spaceId}/`)))
}

/**
 * Tells whether a relative path stays below the folder that it starts from.
 *
 * @param path - With slashes, as the manifest holds it.
 */
export function isBelow(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part))
}
