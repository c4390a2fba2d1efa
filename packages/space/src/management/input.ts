import { unprocessable, WireError } from '../answer.js'
import type { Answer } from '../answer.js'
import { pageParameters } from '../delivery/parameters.js'
import { ok } from './operation.js'
import type { ManagementRequest } from './operation.js'

/** The fields that somebody sends. */
export type Input = Readonly<Record<string, unknown>>

/**
 * Takes the object that a request's body is wrapped in.
 *
 * @throws {WireError} With status 422 when it is missing.
 */
export function unwrap({ body }: ManagementRequest, wrapper: string): Input {
  const value = body[wrapper]
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Input
  throw unprocessable(`param is missing or the value is empty: ${wrapper}`)
}

/** Messages by field, as Rails writes them. */
export type FieldErrors = Record<string, string[]>

/** @throws {WireError} With status 422 when there is an error. */
export function assertValid(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) throw new WireError(422, errors)
}

export const blank = "can't be blank"
export const taken = 'has already been taken'

/** Says that a name is missing. */
export function nameErrors({ name }: Input): FieldErrors {
  return text(name).trim() === '' ? { name: [blank] } : {}
}

/** Reads a text, or the one that was there. */
export function text(value: unknown, before = ''): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : before
}

/**
 * Reads a list of ids, or the one that was there. Lists narrow what may be read, so one that is not understood whole is
 * refused.
 *
 * @throws {WireError} With status 422.
 */
export function ids(value: unknown, before: readonly number[] = []): number[] {
  if (value === undefined || value === null) return [...before]
  if (!Array.isArray(value)) throw unprocessable('A list of ids must be an array of numbers')
  return value.map((item) => {
    const id = optionalId(item)
    if (id === null) throw unprocessable('A list of ids must be an array of numbers')
    return id
  })
}

/**
 * Reads an id, which may come as text; `null` stands for none.
 *
 * @throws {WireError} With status 422 when it is neither.
 */
export function optionalId(value: unknown): number | null {
  if (value === null || value === '') return null
  const isId =
    typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^\d{1,15}$/.test(value)
  if (!isId) throw unprocessable(`${String(value)} is not an id`)
  return Number(value)
}

/**
 * Reads yes or no, as JSON or as a form has it.
 *
 * @throws {WireError} With status 422 when it is neither.
 */
export function flag(value: unknown, before: boolean): boolean {
  if (value === undefined) return before
  if ([true, 1, '1', 'true'].includes(value as string)) return true
  if ([false, 0, '0', 'false', null, ''].includes(value as string)) return false
  throw unprocessable(`${String(value)} is neither true nor false`)
}

/** Reads a list of texts: an array, or words with commas between. */
export function texts(value: unknown, before: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.filter((item): item is string => typeof item === 'string')
  if (typeof value !== 'string') return [...before]
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Reads a time, `null` when it is none. */
export function time(value: unknown): string | null {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return null
  return new Date(value).toISOString()
}

/** Whether a parameter asks for what is so. */
export const isTrue = (value: string): boolean => value === '1' || value === 'true'

/** What a list that comes in pages takes in the query. */
export const pageQuery = ['page', 'per_page'] as const

/** Answers one page of a list, with its headers. */
export function page(
  { query, behaviour }: ManagementRequest,
  name: string,
  items: readonly unknown[],
  most = 100,
): Answer {
  const { page: number, perPage } = pageParameters(query, { most, excessive: behaviour.excessivePerPage })
  return ok(
    { [name]: items.slice((number - 1) * perPage, number * perPage) },
    { Total: String(items.length), 'Per-Page': String(perPage) },
  )
}
