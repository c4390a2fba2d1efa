import { equalInConstantTime } from './constant-time.js'

/**
 * What a secret is for. Storyblok’s API calls a preview token `private`; `webhook` is the secret that signs webhooks,
 * `personal` the personal access token of tools, which no site reads; `other` is whatever else a site keeps secret.
 */
export type TokenKind = 'public' | 'preview' | 'asset' | 'release' | 'webhook' | 'personal' | 'other'

/**
 * Holds a token's value so that only {@link Secret.reveal} shows it.
 *
 * Turning it into a string, JSON, a log line, a spread copy or a structured clone gives its kind or nothing at all.
 */
export class Secret {
  readonly #value: string
  readonly #kind: TokenKind

  /**
   * @param value - The token, without surrounding white space.
   * @param kind - What the token is for.
   */
  constructor(value: string, kind: TokenKind) {
    this.#value = value
    this.#kind = kind
  }

  /** What the token is for. */
  get kind(): TokenKind {
    return this.#kind
  }

  /** Returns the token itself. Call it where a request is built, and nowhere else. */
  reveal(): string {
    return this.#value
  }

  /** Tells, in constant time, whether both hold the same value. */
  equals(other: Secret): boolean {
    return equalInConstantTime(this.#value, other.#value)
  }

  toString(): string {
    return `[${this.#kind} token]`
  }

  toJSON(): string {
    return this.toString()
  }

  [Symbol.toPrimitive](): string {
    return this.toString()
  }

  static {
    // What `util.inspect` and `console.log` print in Node, Deno and Bun.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(this: Secret): string {
        return this.toString()
      },
    })
  }
}
