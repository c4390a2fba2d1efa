import type { Hono } from 'hono'
import { unprocessable } from '../answer.js'
import { limitBody } from '../body-limit.js'
import { isTooDeep } from '../content/depth.js'
import { isObject } from '../content/fields.js'
import type { StoredBlok } from '../content/types.js'
import type { SpaceContext } from '../context.js'
import type { Environment } from '../routes.js'
import { isFromEditor, isOnThisMachine } from './guard.js'
import { previewStory } from './preview-story.js'
import { previewEnvironments, previewUrl } from './preview-url.js'
import { servePage } from './serve-page.js'

/** What the page asks of the Management API; it manages no tokens. */
const usedByThePage =
  /^((GET|PUT) \/v1\/spaces\/\d+\/stories(\/\d+(\/(un)?publish)?)?|GET \/v1\/spaces\/\d+\/(components|assets|datasource_entries)|PUT \/v1\/spaces\/\d+)$/

/**
 * Adds the Visual Editor: its page, and the API behind it. The page never learns a token; what it asks of the Management
 * API is passed on with the space's personal access token.
 */
export function addEditorRoutes(app: Hono<Environment>, space: SpaceContext, personalToken: string): void {
  const { store } = space
  app.get('/editor', (context) => context.redirect('/editor/'))

  app.use('/editor/*', async (context, next) => {
    const isApi = context.req.path.startsWith('/editor/api/')
    const { address } = context.env
    const isAllowed = isApi ? isFromEditor(context.req.raw, address) : isOnThisMachine(context.req.raw, address)
    if (!isAllowed) return context.json({ error: 'The editor answers its own page on this machine only.' }, 403)
    return next()
  })

  app.get('/editor/api/session', (context) =>
    context.json({
      space: { id: store.spaceId, name: store.space.name },
      languages: store.space.languages,
      releases: store.records('releases').list(),
      environments: previewEnvironments(space),
    }),
  )

  app.get('/editor/api/preview-url', (context) => {
    const { req } = context
    return context.json({
      url: previewUrl(space, {
        storyId: Number(req.query('story')),
        environment: Number(req.query('environment')),
        language: req.query('language') ?? 'default',
        release: releaseOf(req.query('release')),
      }).href,
    })
  })

  app.get('/editor/api/release-content', (context) => {
    const release = releaseOf(context.req.query('release'))
    const content = release && store.stories.content(Number(context.req.query('story')), `release:${release}`)
    return context.json({ content: content ? (JSON.parse(content) as object) : null })
  })

  app.post('/editor/api/preview-story', limitBody, async (context) => {
    const input: unknown = await context.req.json().catch(() => undefined)
    if (!isObject(input) || !isObject(input['content'])) throw unprocessable('A story needs content.')
    if (isTooDeep(input['content'])) throw unprocessable('The content is nested too deeply.')
    const relations: unknown = input['resolveRelations']
    const story = previewStory(space, {
      storyId: Number(input['storyId']),
      content: input['content'] as StoredBlok,
      language: String(input['language'] ?? 'default'),
      release: releaseOf(input['release']),
      resolveRelations: Array.isArray(relations) ? relations.filter((name) => typeof name === 'string') : [],
      origin: new URL(context.req.url).origin,
    })
    return context.json(story as object)
  })

  app.on(['GET', 'POST', 'PUT', 'DELETE'], '/editor/api/v1/*', async (context) => {
    const { req } = context
    const url = new URL(req.url)
    url.pathname = url.pathname.replace(/^\/editor\/api/, '')
    if (!usedByThePage.test(`${req.method} ${url.pathname}`)) return context.json({ error: 'Forbidden' }, 403)
    const body = ['GET', 'HEAD'].includes(req.method) ? undefined : await req.arrayBuffer()
    const headers = { Authorization: personalToken, 'Content-Type': req.header('Content-Type') ?? 'application/json' }
    return app.fetch(new Request(url, { method: req.method, headers, body }))
  })

  app.get('/editor/*', ({ req }) => servePage(req.path.slice('/editor/'.length)))
}

function releaseOf(value: unknown): number | null {
  const id = Number(value ?? 0)
  return Number.isSafeInteger(id) && id > 0 ? id : null
}
