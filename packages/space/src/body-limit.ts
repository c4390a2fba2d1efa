import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** Refuses a body that is far larger than any story; 10 MB. */
export const limitBody: MiddlewareHandler = bodyLimit({ maxSize: 10_000_000 })
