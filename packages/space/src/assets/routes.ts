import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Hono } from 'hono'
import type { Store } from '../store/store.js'

const types: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.pdf': 'application/pdf',
  '.mp4': 'video/mp4',
}

/** Serves the space's public assets. An image service path (`/m/…`) answers the original. */
export function addAssetRoutes(app: Hono, store: Store): void {
  app.get('/f/*', async (context) => {
    const path = new URL(context.req.url).pathname.replace(/\/m(\/.*)?$/, '')
    const file = store.assetFile(path)
    if (file === undefined) return context.notFound()
    return context.body(await readFile(file), 200, {
      'Content-Type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'Cache-Control': 'public, max-age=31536000',
      'Access-Control-Allow-Origin': '*',
    })
  })
}
