import type { PullFolder } from './pull-folder.js'

const assetPath = /\/f\/\d+\/[^"\\\s)?#]+/g

/**
 * Finds the assets that pulled files name, by the paths of their addresses. What no published story shows is as
 * unpublished as a draft: its address is known to nobody.
 */
export function findUsedAssets(folder: PullFolder, spaceId: string): Set<string> {
  const used = new Set<string>()
  for (const kind of ['stories', 'components', 'datasources']) {
    const path = `${kind}/${spaceId}`
    for (const name of folder.list(path)) {
      for (const [found] of folder.read(`${path}/${name}`)?.matchAll(assetPath) ?? []) {
        // Behind `/m/` stands what the image service is to make of it.
        used.add(decodePath(found.replace(/\/m\/.*$/, '')))
      }
    }
  }
  return used
}

/** Addresses are written encoded or not. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
