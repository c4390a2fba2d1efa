import { randomBytes } from 'node:crypto'
import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import { assetDetails } from '../assets/asset-details.js'
import { signUpload } from '../assets/upload.js'
import type { Asset } from '../store/assets.js'
import { assertValid, blank, flag, isTrue, page, pageQuery, taken, text, unwrap } from './input.js'
import { noContent, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'

const base = 'spaces/:space/assets'

const assetFields = [
  'asset_folder_id',
  'internal_tag_ids',
  'alt',
  'title',
  'copyright',
  'source',
  'focus',
  'meta_data',
  'locked',
  'expire_at',
  'publish_at',
]

const filters: Readonly<Record<string, (asset: Asset, value: string) => boolean>> = {
  search: ({ path }, value) => path.toLowerCase().includes(value.toLowerCase()),
  in_folder: ({ data }, value) => String(data['asset_folder_id'] ?? '') === value,
  is_private: ({ isPrivate }, value) => isPrivate === isTrue(value),
}

/**
 * The asset library. A file comes in three steps: its name is announced here, the file is posted to the signed address
 * that the answer gives, and `finish_upload` takes it up.
 */
export const assetOperations: Operation[] = [
  {
    method: 'GET',
    path: base,
    scope: 'assets:read',
    parameters: [...pageQuery, ...Object.keys(filters)],
    run: listAssets,
  },
  { method: 'POST', path: base, scope: 'assets:write', errors: [422], run: announceAsset },
  { method: 'GET', path: `${base}/:id`, scope: 'assets:read', run: (request) => ok(showAsset(findAsset(request))) },
  {
    method: 'PUT',
    path: `${base}/:id`,
    scope: 'assets:write',
    run: (request) => {
      const asset = findAsset(request)
      const input = request.body['asset'] === undefined ? request.body : unwrap(request, 'asset')
      request.store.assets.update({
        id: asset.id,
        isPrivate: flag(input['is_private'], asset.isPrivate),
        data: { ...asset.data, ...pick(input, assetFields), updated_at: request.clock.iso() },
      })
      request.store.raiseCacheVersion(request.clock.now())
      return noContent()
    },
  },
  {
    method: 'DELETE',
    path: `${base}/:id`,
    scope: 'assets:write',
    run: (request) => {
      const asset = findAsset(request)
      request.store.assets.delete(asset.id)
      request.store.raiseCacheVersion(request.clock.now())
      request.webhooks.emit('asset.deleted', `The asset ${asset.path} was deleted`, { asset_id: asset.id })
      return ok(showAsset(asset))
    },
  },
  { method: 'GET', path: `${base}/:id/finish_upload`, scope: 'assets:write', run: finishUpload },
]

function findAsset({ store, id }: ManagementRequest): Asset {
  const asset = store.assets.get(id)
  if (!asset) throw notFound()
  return asset
}

function showAsset(asset: Asset): Record<string, unknown> {
  const filename = `https://a.storyblok.com${asset.path}`
  return {
    ...assetDetails(asset),
    ...asset.data,
    id: asset.id,
    filename,
    short_filename: asset.path.split('/').at(-1),
    asset_folder_id: asset.data['asset_folder_id'] ?? null,
    internal_tags_list: [],
    is_private: asset.isPrivate,
  }
}

function listAssets(request: ManagementRequest): Answer {
  const { store, query } = request
  const found = store.assets.list().filter((asset) =>
    Object.entries(filters).every(([name, fits]) => {
      const value = query.get(name)
      return value === null || fits(asset, value)
    }),
  )
  return page(request, 'assets', found.map(showAsset))
}

/** Makes room for a file and signs where to post it. */
function announceAsset({ store, clock, origin, body }: ManagementRequest): Answer {
  const filename = text(body['filename']).split(/[\\/]/).at(-1) ?? ''
  assertValid(filename.trim() === '' ? { filename: [blank] } : {})
  const size = /^\d{1,6}x\d{1,6}$/.test(text(body['size'])) ? text(body['size']) : 'x'
  const name = filename.toLowerCase().replace(/[^\w.-]+/g, '-')
  const path = `/f/${store.spaceId}/${size}/${randomBytes(5).toString('hex')}/${name}`
  const now = clock.iso()
  const known = typeof body['id'] === 'number' ? store.assets.get(body['id']) : undefined
  const data = {
    ...pick(body, assetFields),
    created_at: now,
    updated_at: now,
    content_type: null,
    content_length: null,
  }
  const id = known?.id ?? store.assets.insert({ path, isPrivate: flag(body['is_private'], false), data })
  return ok(signUpload({ id, path: known?.path ?? path, origin, secret: store.space.secret, now: clock.now() }))
}

function finishUpload(request: ManagementRequest): Answer {
  const asset = findAsset(request)
  if (!request.store.assets.readBody(asset.id)) throw notFound()
  const isNew = asset.data['finished'] !== true
  request.store.assets.update({ ...asset, data: { ...asset.data, finished: true } })
  request.store.raiseCacheVersion(request.clock.now())
  const topic = isNew ? 'asset.created' : 'asset.replaced'
  request.webhooks.emit(topic, `The asset ${asset.path} was ${isNew ? 'created' : 'replaced'}`, { asset_id: asset.id })
  return ok(showAsset(findAsset(request)))
}

/** The folders of the asset library. */
export const assetFolderOperations: Operation[] = resourceOperations({
  kind: 'asset_folders',
  wrapper: 'asset_folder',
  isUnpaginated: true,
  defaults: () => ({ parent_id: null }),
  read: (input) => pick(input, ['name', 'parent_id', 'uuid']),
  check: ({ name, parent_id: parent }, others) => ({
    ...(text(name).trim() === '' && { name: [blank] }),
    ...(others.some((other) => other['name'] === name && other['parent_id'] === parent) && { name: [taken] }),
  }),
  isSilentUpdate: true,
})
