import { KeyblokError } from '@keyblok/core'
import type { Json } from '@keyblok/core/management'
import { isSignedUrl, storyblokAssetUrl } from './asset-url.js'
import { download, DownloadError } from './download.js'
import { forEach } from './for-each.js'
import { fingerprint } from './manifest.js'
import { placeFile, writeJson } from './own-files.js'
import { count, size } from './phrases.js'
import type { PullContext } from './pull-context.js'
import { assetFileNames } from './safe-path.js'
import { decodePath, findUsedAssets } from './used-assets.js'

/** An asset of the library, as it is to be pulled. */
interface ListedAsset {
  id: number
  /** Its address at Storyblok. */
  url: URL
  isPrivate: boolean
  /** What the file beside it holds. */
  description: Json
}

const prefix = 'assets/'

const inFlight = 6

/** The fields that are kept beside `id`, `filename` and `is_private`. */
const fields = [
  'alt',
  'title',
  'copyright',
  'source',
  'focus',
  'meta_data',
  'content_type',
  'content_length',
  'created_at',
  'updated_at',
] as const

const isPrivateMessage = 'It is private: --private-assets pulls it.'

/** Pulls the files of the asset library that are new or have changed, and takes away those that are gone. */
export async function pullAssets(context: PullContext): Promise<void> {
  const { manifest, report } = context
  const assets = await listAssets(context)
  const wanted = new Set(assets.map(({ id }) => prefix + id))
  const tally = report.tally('assets')
  for (const key of manifest.keys(prefix)) {
    if (wanted.has(key)) continue
    manifest.delete(key)
    tally.removed++
  }

  const pending = assets.filter((asset) => !isCurrent(context, asset))
  tally.unchanged += assets.length - pending.length
  const bytes = pending.reduce((sum, { description }) => sum + (Number(description['content_length']) || 0), 0)
  const whole = `${count(pending.length)}${bytes > 0 ? `, ${size(bytes)} in all` : ''}`
  let done = 0
  await forEach(context, pending, inFlight, async (asset) => {
    await report.attempt('assets', asset.url.pathname, () => pullAsset(context, asset))
    context.say(`Assets: ${count(++done)} of ${whole}`)
  })
}

async function listAssets(context: PullContext): Promise<ListedAsset[]> {
  const { management, space, spaceId, folder, options, report, say } = context
  const assets: ListedAsset[] = []
  const used = options.allAssets ? undefined : findUsedAssets(folder, spaceId)
  const list = { path: `${space}/assets`, field: 'assets', scope: 'assets:read' }
  for await (const { items, total } of management.list(list)) {
    for (const item of items) {
      if (isHidden(item, options.drafts)) continue
      const asset = readAsset(item)
      if (!asset) report.leaveOut('assets', String(item['id']), 'It lies at none of Storyblok’s asset hosts.')
      else if (used?.has(decodePath(asset.url.pathname)) === false) report.tally('assets').leftOut++
      else if (asset.isPrivate && !options.privateAssets)
        report.leaveOut('assets', asset.url.pathname, isPrivateMessage)
      else assets.push(asset)
    }
    say(`Listing assets: ${count(assets.length)} of ${count(total)}`)
  }
  return assets
}

/** Deleted, or not yet to be seen. */
function isHidden(asset: Json, drafts: boolean): boolean {
  const { deleted_at: deletedAt, publish_at: publishAt } = asset
  const isComing = typeof publishAt === 'string' && Date.parse(publishAt) > Date.now()
  return (deletedAt ?? null) !== null || (isComing && !drafts)
}

function readAsset(asset: Json): ListedAsset | undefined {
  const id = asset['id']
  const url = storyblokAssetUrl(asset['filename'])
  if (!url || !Number.isSafeInteger(id)) return undefined
  const isPrivate = asset['is_private'] === true
  const kept = fields.filter((field) => (asset[field] ?? null) !== null).map((field) => [field, asset[field]] as const)
  const description = { id, filename: url.href, is_private: isPrivate, ...Object.fromEntries(kept) }
  return { id: id as number, url, isPrivate, description }
}

function isCurrent({ manifest, folder }: PullContext, { id, description }: ListedAsset): boolean {
  const key = prefix + id
  const [file = ''] = manifest.get(key)?.files ?? []
  return manifest.isCurrent(key, fingerprint(description)) && folder.size(file) === manifest.get(key)?.note
}

async function pullAsset(context: PullContext, asset: ListedAsset): Promise<void> {
  const { folder, manifest, report, spaceId, signal } = context
  const url = await addressOf(context, asset)
  const temporary = folder.temporaryFile()
  const length = await download(url, temporary, signal)

  const names = assetFileNames(decodePath(asset.url.pathname), asset.id)
  const [file, sidecar] = [`assets/${spaceId}/${names.file}`, `assets/${spaceId}/${names.sidecar}`]
  const key = prefix + asset.id
  manifest.makeWay(key, [file, sidecar])
  // A file without its description is an error to whoever reads the folder.
  writeJson(context, sidecar, asset.description)
  await placeFile(context, temporary, file)
  manifest.set(key, { state: fingerprint(asset.description), files: [file, sidecar], note: length })
  report.tally('assets').written++
}

/** Where an asset is fetched: at its host, at the local space, or for a private one at what is signed for it. */
async function addressOf(context: PullContext, { url, isPrivate }: ListedAsset): Promise<URL> {
  const { localOrigin, delivery, tokens, signal } = context
  if (!isPrivate) return localOrigin === undefined ? url : new URL(`${localOrigin}${url.pathname}`)
  const token = tokens.asset
  if (!token) throw new KeyblokError('KB_TOKEN_MISSING', 'STORYBLOK_ASSET_TOKEN is not set.')
  const access = { version: 'published', token, reason: 'A private asset: it is pulled.' } as const
  const asset = await delivery.asset(access, url.href, { signal })
  if (!asset) throw new DownloadError('The asset token opens no such file.', false)
  if (isSignedUrl(asset.signed_url, localOrigin)) return new URL(asset.signed_url)
  throw new DownloadError('What was signed for it leads to a server that is not Storyblok’s.', false)
}
