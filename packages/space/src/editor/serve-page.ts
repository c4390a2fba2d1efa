import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the built page lies, whether this runs from the sources or from the build. */
const folder = join(dirname(createRequire(import.meta.url).resolve('@keyblok/space/package.json')), 'dist/editor-page')

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
    const file = await readFile(join(folder, name))
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
