import { usageError } from '../command/cli-error.js'

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

const longest = 365 * 24 * 60 * 60 * 1000

/**
 * Reads a length of time, such as `30m`, `24h` or `7d`.
 *
 * @returns Milliseconds.
 * @throws {CliError} With exit code 2 when it is none.
 */
export function parseDuration(text: string, option: string): number {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(text.trim()) ?? []
  if (text.trim() === '0') return 0
  const length = Number(number) * (units[unit ?? ''] ?? Number.NaN) * 1000
  if (length <= longest) return length
  if (length > longest) throw usageError(`${option} is “${text}”, and a year is the most.`)
  throw usageError(`${option} is “${text}”, and a length of time is like 30m, 24h or 7d.`)
}
