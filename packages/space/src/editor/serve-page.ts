import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Where the built page lies; the same folder from the sources and from the build. */
const folder = new URL('../../dist/editor-page/', import.meta.url)

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

/**
 * The page runs its own files only, talks to this server only, and is framed by none. What it frames is the site, which may
 * run anywhere.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  'frame-src http: https:',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * Serves a file of the editor's page.
 *
 * @param path - The path below `/editor/`; empty for the page itself.
 */
export async function servePage(path: string): Promise<Response> {
  const name = path === '' ? 'index.html' : path
  const type = types[name.split('.').at(-1) ?? '']
  // Names are those that the build gives: no dots to climb with.
  if (!type || !/^(assets\/)?[\w-]+\.\w+$/.test(name)) return new Response('Not found', { status: 404 })
  try {
    const file = await readFile(fileURLToPath(new URL(name, folder)))
    return new Response(file, {
      headers: {
        'Content-Type': type,
        'Cache-Control': path === '' ? 'no-store' : 'public, max-age=31536000, immutable',
        'Content-Security-Policy': contentSecurityPolicy,
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  } catch {
    return new Response('Not found', { status: 404 })
  }
}
