import type { Asset } from '../store/assets.js'

/** Gives the host-less file of an asset, where `resolve_assets` and the Management API keep it. */
export function assetDetails({ id, path, isPrivate, data }: Asset): Record<string, unknown> {
  return {
    id,
    content_type: data['content_type'] ?? null,
    content_length: data['content_length'] ?? null,
    created_at: data['created_at'] ?? null,
    updated_at: data['updated_at'] ?? null,
    deleted_at: null,
    alt: data['alt'] ?? null,
    title: data['title'] ?? null,
    copyright: data['copyright'] ?? null,
    focus: data['focus'] ?? null,
    is_private: isPrivate,
    s3_filename: `https://a.storyblok.com${path}`,
    meta_data: data['meta_data'] ?? {},
  }
}
