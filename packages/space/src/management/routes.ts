import type { Context, Hono } from 'hono'
import { notFound, WireError } from '../answer.js'
import type { Answer } from '../answer.js'
import { limitBody } from '../body-limit.js'
import type { Environment } from '../routes.js'
import type { SpaceContext } from '../context.js'
import { isObject } from '../content/fields.js'
import type { Credential } from '../store/credentials.js'
import type { RateLimit } from '../rate-limit.js'
import { authenticate, authorize } from './authenticate.js'
import type { Input } from './input.js'
import type { Operation } from './operation.js'
import { managementOperations } from './operations.js'
import { assertSpace } from './spaces.js'

/** Adds the Management API, version 1. */
export function addManagementRoutes(
  app: Hono<Environment>,
  space: SpaceContext,
  rateLimit: RateLimit | undefined,
): void {
  app.use('/v1/*', limitBody)
  for (const operation of managementOperations) {
    app.on(operation.method, `/v1/${operation.path}`, (context) =>
      answer(context, () => operate(context, space, operation, rateLimit)),
    )
  }
  app.options('/v1/*', (context) => context.body(null, 204, corsHeaders))
  app.all('/v1/*', (context) =>
    answer(context, () => {
      authenticate(space, context.req.header('Authorization') ?? '')
      throw notFound()
    }),
  )
}

async function operate(
  context: Context,
  space: SpaceContext,
  operation: Operation,
  rateLimit: RateLimit | undefined,
): Promise<Answer> {
  const credential = authenticate(space, context.req.header('Authorization') ?? '')
  rateLimit?.management()
  const params = context.req.param() as Record<string, string>
  authorize(credential, operation, params['space'] === undefined ? undefined : Number(params['space']))
  assertSpace(space, params['space'])
  if (params['id'] !== undefined && !/^\d{1,15}$/.test(params['id'])) throw notFound()
  noteUse(space, credential)
  const url = new URL(context.req.url)
  const request = {
    ...space,
    credential,
    params,
    id: Number(params['id'] ?? 0),
    query: url.searchParams,
    origin: url.origin,
    body: await readBody(context, url.origin),
  }
  if (operation.scope.endsWith(':read')) return operation.run(request)
  // What it reads before it writes, such as the next id, no other process may change meanwhile.
  return space.store.transaction(() => operation.run(request))
}

/** Notes when a credential was used, to the minute: each write makes caches start again. */
function noteUse({ store, clock }: SpaceContext, { id, last_used_at: last }: Credential): void {
  if (last === null || clock.now() - Date.parse(last) > 60_000) store.credentials.markUsed(id, clock.iso())
}

/** Reads a JSON object. Assets are stored with their address at Storyblok, whoever served them. */
async function readBody(context: Context, origin: string): Promise<Input> {
  if (context.req.method === 'GET') return {}
  const text = await context.req.text()
  if (text.trim() === '') return {}
  try {
    const body: unknown = JSON.parse(text.replaceAll(`${origin}/f/`, 'https://a.storyblok.com/f/'))
    if (isObject(body)) return body
  } catch {
    // It is answered below.
  }
  throw new WireError(400, { error: 'There was a problem in the JSON you submitted' })
}

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
}

async function answer(context: Context, run: () => Promise<Answer> | Answer): Promise<Response> {
  try {
    return write(context, await run())
  } catch (error) {
    if (error instanceof WireError) return write(context, error.answer)
    throw error
  }
}

function write(context: Context, { status, body, headers }: Answer): Response {
  const all = { ...corsHeaders, ...headers, 'Cache-Control': 'no-store' }
  if (status === 204) return context.body(null, 204, all)
  return context.body(JSON.stringify(body), status as 200, {
    ...all,
    'Content-Type': 'application/json; charset=utf-8',
  })
}
