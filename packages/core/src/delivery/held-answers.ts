import type { HttpAnswer } from './transport.js'
import { MemoryCache } from './memory-cache.js'

/** How long an answer is held, in milliseconds: an editor types on, and what else the page shows seldom changes meanwhile. */
const heldFor = 10_000
/** How much is held, in bytes of text. */
const capacity = 8 * 1024 * 1024

/** The answers that are held for one editor's session. */
export interface HeldAnswers {
  get(url: string): HttpAnswer | undefined
  set(url: string, answer: HttpAnswer): void
}

/**
 * Holds what was read for an editor who writes, for a moment: a page is rendered again for each keystroke, and all but what
 * is written is the same. Each session has its own, no read but those of unsaved content looks here, and nothing of it is
 * ever given to anybody else.
 */
export class DraftMemory {
  readonly #answers = new MemoryCache(capacity)

  /** Gives what is held for a session, by what tells it from every other one. */
  of(session: string): HeldAnswers {
    return {
      get: (url) => {
        const held = this.#answers.get(`${session} ${url}`) as { answer: HttpAnswer; until: number } | undefined
        return held && held.until > Date.now() ? held.answer : undefined
      },
      set: (url, answer) => {
        const until = Date.now() + heldFor
        this.#answers.set(`${session} ${url}`, { answer, until }, answer.text.length * 2)
      },
    }
  }
}
