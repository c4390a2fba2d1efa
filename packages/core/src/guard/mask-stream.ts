import type { Needle } from './encodings.js'
import { maskBytes } from './mask.js'
import type { Matcher } from './matcher.js'

/**
 * Overwrites the secrets in bytes that come in pieces, wherever they are cut. It holds back only bytes that begin a
 * secret, so that what is streamed still arrives at once.
 */
export class MaskStream {
  readonly #matcher: Matcher
  readonly #onFound: (needle: Needle) => void
  #held: Uint8Array = new Uint8Array()

  /**
   * @param matcher - What to look for.
   * @param onFound - Is told of each secret that was overwritten.
   */
  constructor(matcher: Matcher, onFound: (needle: Needle) => void) {
    this.#matcher = matcher
    this.#onFound = onFound
  }

  /** Takes the next piece, which it does not change; gives what may be sent by now, which can be empty. */
  push(piece: Uint8Array): Uint8Array {
    const held = this.#held
    const bytes = held.length === 0 ? piece : concat(held, piece)
    const masked = this.#mask(bytes, bytes !== piece)
    const safe = this.#matcher.findBeginning(masked)
    this.#held = safe === masked.length ? none : masked.slice(safe)
    return safe === masked.length ? masked : masked.subarray(0, safe)
  }

  /** Gives what was held back: it began like a secret, and is none. */
  end(): Uint8Array {
    const rest = this.#held
    this.#held = none
    return rest
  }

  #mask(bytes: Uint8Array, own: boolean): Uint8Array {
    let masked = bytes
    for (const { needle, index } of this.#matcher.findAll(bytes)) {
      if (masked === bytes && !own) masked = bytes.slice()
      maskBytes(masked, index, needle)
      this.#onFound(needle)
    }
    return masked
  }
}

const none = new Uint8Array()

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}
