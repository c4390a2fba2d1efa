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

/** Reads a list of numbers, or the one that was there. */
export function numbers(value: unknown, before: readonly number[] = []): number[] {
  if (!Array.isArray(value)) return [...before]
  return value.map(Number).filter((number) => Number.isSafeInteger(number))
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
