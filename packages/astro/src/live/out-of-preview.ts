import type { APIRoute } from 'astro'
import { pathOutOfPreview } from './preview-path.js'

// The endpoint that the integration injects below the preview's path.
export const prerender = false

/** Sends whoever follows a link to what is no page of stories to where it is. */
export const GET: APIRoute = ({ redirect, url }) => redirect(pathOutOfPreview(url) ?? '/', 307)
