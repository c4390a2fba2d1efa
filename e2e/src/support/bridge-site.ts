import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { LocalSpace } from '@keyblok/space'

/** A site that draws drafts with the unmodified bridge, and nothing else. */
export interface BridgeSite {
  /** Its origin, at another site than `127.0.0.1`. */
  url: string
  close(): Promise<void>
}

const bridge = fileURLToPath(import.meta.resolve('@storyblok/preview-bridge/browser-global'))

/** The page's script: draws a story's bloks with the editor's marks, and again at each `input`. */
const script = `
import '/bridge.js'
const draw = (blok) => {
  const element = document.createElement(blok.component === 'hero' ? 'header' : 'section')
  const mark = JSON.parse(blok._editable.slice('<!--#storyblok#'.length, -'-->'.length))
  element.dataset.blokC = JSON.stringify(mark)
  element.dataset.blokUid = mark.id + '-' + mark.uid
  for (const value of Object.values(blok).flat()) {
    if (value?._editable) element.append(draw(value))
    else if (value?.content?._editable) element.append(value.name)
  }
  const text = document.createElement('p')
  text.textContent = blok.headline ?? blok.title ?? blok.text ?? ''
  element.prepend(text)
  return element
}
const show = (story) => {
  document.querySelector('main').replaceChildren(draw(story.content))
  document.querySelector('main').dataset.lang = story.lang
}
show(JSON.parse(document.querySelector('#story').textContent))
const params = new URLSearchParams(location.search)
const bridge = new StoryblokBridge({ customParent: PARENT, resolveRelations: ['featured.articles'] })
bridge.on('input', ({ story }) => show(story))
bridge.on(['change', 'published'], () => location.reload())
`

/** Starts the site of a space; `parent` is the origin of the editor that may frame it. */
export async function startBridgeSite(space: LocalSpace, parent: string): Promise<BridgeSite> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://site.test')
    if (pathname === '/bridge.js' || pathname === '/page.js') {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(
        pathname === '/bridge.js' ? await readFile(bridge) : script.replace('PARENT', JSON.stringify(parent)),
      )
      return
    }
    const query = new URLSearchParams({ version: 'draft', token: space.tokens.preview })
    query.set('language', searchParams.get('_storyblok_lang') ?? '')
    const story = await space.fetch(
      new Request(`http://space.test/v2/cdn/stories/${searchParams.get('_storyblok') ?? ''}?${query}`),
    )
    const { story: shown } = (await story.json()) as { story?: unknown }
    response.setHeader('Content-Type', 'text/html')
    const json = JSON.stringify(shown ?? null).replaceAll('<', String.raw`\u003c`)
    response.end(`<!doctype html><title>Site</title><main></main>
<script type="application/json" id="story">${json}</script><script type="module" src="/page.js"></script>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
