import { KeyblokError } from '@keyblok/core'

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Service unavailable</title>
<h1>Service unavailable</h1>
<p>This page cannot be shown right now. Please try again in a moment.</p>
</html>
`

/**
 * Answers an outage of Storyblok, so that visitors and search engines come back. Other errors are the host's.
 *
 * @returns A plain 503, or `undefined` when the error is no outage.
 */
export function outageResponse(error: unknown): Response | undefined {
  if (!(error instanceof KeyblokError) || !error.unavailable) return undefined
  console.error(error.report)
  return new Response(page, {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Retry-After': '5' },
  })
}
