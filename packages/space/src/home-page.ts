import type { Hono } from 'hono'
import type { Environment } from './routes.js'
import type { Store } from './store/store.js'

/** Shows people who open the server in a browser what it is. */
export function addHomePage(app: Hono<Environment>, store: Store): void {
  app.get('/', (context) => {
    const { spaceId, space, stories } = store
    const name = escapeHtml(space.name)
    return context.html(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}, a local Storyblok space</title>
<link rel="icon" href="data:,">
<body style="font: 1rem/1.6 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>${name}</h1>
<p>This is a local Storyblok space (${spaceId}) with ${stories.count('draft')} stories,
${stories.count('published')} of them published.</p>
<p>It answers Storyblok’s Content Delivery API with one of its tokens:</p>
<pre>/v2/cdn/stories
/v2/cdn/stories/{slug, id or uuid}
/v2/cdn/links
/v2/cdn/tags
/v2/cdn/datasources
/v2/cdn/datasource_entries
/v2/cdn/spaces/me</pre>
<p><a href="/editor/">Open the Visual Editor</a> to change stories and see them on the site.</p>
<p>It answers the Management API below <code>/v1</code> with a personal access token, and serves assets below
<code>/f</code>.</p>
</body>
</html>
`)
  })
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
