import { usageError } from '../command/cli-error.js'

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/**
 * Reads a length of time, such as `30m`, `24h` or `7d`.
 *
 * @returns Milliseconds.
 * @throws {CliError} With exit code 2 when it is none.
 */
export function parseDuration(text: string, option: string): number {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(text.trim()) ?? []
  if (text.trim() === '0') return 0
  if (number !== undefined && unit !== undefined) return Number(number) * (units[unit] ?? 0) * 1000
  throw usageError(`${option} is “${text}”, and a length of time is like 30m, 24h or 7d.`)
}
