import { KeyblokError } from '@keyblok/core'
import { DownloadError } from './download.js'

/** What is pulled. */
export const kinds = ['components', 'datasources', 'stories', 'releases', 'assets'] as const

export type Kind = (typeof kinds)[number]

/** How many of a kind became what. */
export interface Tally {
  written: number
  unchanged: number
  removed: number
  leftOut: number
  failed: number
}

/** One thing that could not be pulled, or was left out. */
export interface Problem {
  kind: Kind
  name: string
  message: string
}

/** How many failures in a row mean that nothing can be had at present. */
const mostInARow = 10

/** Counts what a pull does, and decides which failures end it. */
export class PullReport {
  readonly tallies: Partial<Record<Kind, Tally>> = {}
  readonly problems: Problem[] = []
  /** Stories and others that should have been pulled, and cannot be as things are. */
  readonly leftOut: Problem[] = []
  /** What should be known of the folder. */
  readonly warnings: string[] = []
  #failuresInARow = 0

  tally(kind: Kind): Tally {
    return (this.tallies[kind] ??= { written: 0, unchanged: 0, removed: 0, leftOut: 0, failed: 0 })
  }

  leaveOut(kind: Kind, name: string, message: string): void {
    this.tally(kind).leftOut++
    this.leftOut.push({ kind, name, message })
  }

  /**
   * Does what belongs to one thing. When it cannot be had, that is noted and the others go on.
   *
   * @throws What concerns all of them: a token that is refused, an interruption, a file that cannot be written, and the
   * last of many failures in a row.
   */
  async attempt(kind: Kind, name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.#failuresInARow = 0
    } catch (error) {
      if (!isOfOne(error)) throw error
      this.#failuresInARow = error.unavailable ? this.#failuresInARow + 1 : 0
      if (this.#failuresInARow >= mostInARow) throw error
      this.tally(kind).failed++
      this.problems.push({ kind, name, message: error.message })
    }
  }
}

const concernAll = new Set<string>(['KB_TOKEN_REFUSED', 'KB_ABORTED', 'KB_CONFIGURATION_INVALID'])

function isOfOne(error: unknown): error is KeyblokError | DownloadError {
  return error instanceof DownloadError || (error instanceof KeyblokError && !concernAll.has(error.code))
}
