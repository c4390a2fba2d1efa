import type { Store } from '../store/store.js'

const assetUrl = /(?:https?:)?\/\/a\d?(?:-[a-z]+)?\.storyblok\.com(\/f\/[^"'\\\s)]+)/g

/** Points the URLs of assets that the space has at this server, which serves their files; others stay. */
export function localizeAssets(text: string, origin: string, store: Store): string {
  if (!text.includes('storyblok.com/f/')) return text
  const known = new Map<string, boolean>()
  return text.replace(assetUrl, (url: string, path: string) => {
    const file = path.replace(/[?#].*$/, '').replace(/\/m\/.*$/, '')
    const isKnown = known.get(file) ?? store.assets.find(file) !== undefined
    known.set(file, isKnown)
    return isKnown ? origin + path : url
  })
}
