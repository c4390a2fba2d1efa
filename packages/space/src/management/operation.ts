import type { Answer } from '../answer.js'
import type { SpaceContext } from '../context.js'
import type { Credential } from '../store/credentials.js'

/** What a credential may do with a resource; each includes those before it. */
export type Action = 'read' | 'write' | 'publish'

/** A Management API request after its credential was accepted. */
export interface ManagementRequest extends SpaceContext {
  credential: Credential
  params: Readonly<Record<string, string>>
  /** The number in the path, `0` where there is none. */
  id: number
  query: URLSearchParams
  /** The request's origin, which upload addresses carry. */
  origin: string
  /** The parsed JSON body, `{}` without one. */
  body: Readonly<Record<string, unknown>>
}

/** One operation of the Management API. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path behind `/v1/`, with `:space` and `:id` in it. */
  path: string
  /** What a scoped token needs; a user’s own operations need a token with the user’s rights. */
  scope: `${string}:${Action}` | 'user' | 'any'
  /** What it takes in the query. */
  parameters?: readonly string[]
  /** The statuses of its errors, beside those that every operation has by its path and scope. */
  errors?: readonly number[]
  /** Does it; what is not a `:read` runs in one transaction. */
  run(request: ManagementRequest): Answer
}

/** An answer with a JSON body. */
export const ok = (body: unknown, headers?: Record<string, string>): Answer => ({ status: 200, body, headers })

/** Something was made. */
export const created = (body: unknown): Answer => ({ status: 201, body })

/** It was done and there is nothing to say. */
export const noContent = (): Answer => ({ status: 204, body: '' })
