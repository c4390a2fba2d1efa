import { KeyblokError } from '@keyblok/core'

/**
 * Answers a Keyblok error where a page of ours says more than the host's: in dev what is wrong and what to do, in
 * production a plain 503 for an outage of Storyblok, so that visitors and search engines come back.
 *
 * @returns The response, or `undefined` when the error is the host's to show.
 */
export function errorResponse(error: unknown, dev: boolean): Response | undefined {
  if (!(error instanceof KeyblokError) || (!dev && !error.unavailable)) return undefined
  console.error(error.report)
  return new Response(dev ? devPage(error) : outagePage, {
    status: error.unavailable ? 503 : 500,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(error.unavailable && { 'Retry-After': '5' }),
    },
  })
}

const outagePage = page(
  'Service unavailable',
  '<p>This page cannot be shown right now. Please try again in a moment.</p>',
)

/** The script of Vite's dev server loads the page again once the code changes. */
function devPage({ code, message, hint, stack = '' }: KeyblokError): string {
  const trace = stack.slice(stack.indexOf('\n    at '))
  return page(
    code,
    `<pre>${escapeHtml(message)}</pre><p>${escapeHtml(hint)}</p><pre>${escapeHtml(trace)}</pre>
<script type="module" src="/@vite/client"></script>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<body style="font: 1rem/1.6 system-ui; max-width: 50rem; margin: 3rem auto; padding: 0 1rem">
<style>pre { white-space: pre-wrap; overflow-wrap: anywhere }</style>
<h1>${title}</h1>
${body}
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
