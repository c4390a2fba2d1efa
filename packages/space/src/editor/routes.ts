import type { Context, Hono } from 'hono'
import { unprocessable, WireError } from '../answer.js'
import { isObject } from '../content/fields.js'
import type { StoredBlok } from '../content/types.js'
import type { SpaceContext } from '../context.js'
import type { Environment } from '../routes.js'
import { isFromEditor, isOnThisMachine } from './guard.js'
import { previewStory } from './preview-story.js'
import { previewEnvironments, previewUrl } from './preview-url.js'
import { servePage } from './serve-page.js'

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
    return answer(context, () => ({
      url: previewUrl(space, {
        storyId: Number(req.query('story')),
        environment: Number(req.query('environment')),
        language: req.query('language') ?? 'default',
        release: releaseOf(req.query('release')),
      }).href,
    }))
  })

  app.get('/editor/api/release-content', (context) =>
    answer(context, () => {
      const release = releaseOf(context.req.query('release'))
      const content = release && store.stories.content(Number(context.req.query('story')), `release:${release}`)
      return { content: content ? (JSON.parse(content) as unknown) : null }
    }),
  )

  app.post('/editor/api/preview-story', async (context) => {
    const input: unknown = await context.req.json().catch(() => undefined)
    return answer(context, () => {
      if (!isObject(input) || !isObject(input['content'])) throw unprocessable('A story needs content.')
      const relations: unknown = input['resolveRelations']
      return previewStory(space, {
        storyId: Number(input['storyId']),
        content: input['content'] as StoredBlok,
        language: String(input['language'] ?? 'default'),
        release: releaseOf(input['release']),
        resolveRelations: Array.isArray(relations) ? relations.filter((name) => typeof name === 'string') : [],
        origin: new URL(context.req.url).origin,
      })
    })
  })

  app.all('/editor/api/v1/*', async ({ req }) => {
    const url = new URL(req.url)
    url.pathname = url.pathname.replace(/^\/editor\/api/, '')
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

function answer(context: Context, run: () => unknown): Response {
  try {
    return context.json(run() as object)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return context.json(error.answer.body as object, error.answer.status as 400)
  }
}
