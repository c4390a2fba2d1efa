import { pathOutOfPreview } from '@keyblok/core/preview'
import type { APIRoute } from 'astro'
import { editorParts } from './editor-parts.js'

// The endpoint that the integration injects below the preview's path.
export const prerender = false

/** Sends whoever follows a link to what is no page of stories to where it is. */
export const GET: APIRoute = ({ redirect, url }) => redirect(pathOutOfPreview(url, editorParts) ?? '/', 307)
