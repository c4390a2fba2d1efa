import type { BridgeConfig } from './types.js'

/** A message between the editor and the page that it frames. */
export interface BridgeMessage {
  action: string
  [field: string]: unknown
}

/** A message as the panel lists it. */
export interface LoggedMessage {
  id: number
  direction: 'in' | 'out'
  action: string
  detail: string
}

export interface PreviewMessage extends BridgeMessage {
  config?: BridgeConfig
  dataC?: { uid: string; id: string }
  blok?: { _uid: string; _parentUid?: string; _parentfield?: string }
}

/**
 * Speaks with the bridge in a framed page. Only that frame at the site's own origin is heard, and only that origin is
 * spoken to: a page that the frame was led away to learns nothing.
 */
export class PreviewChannel {
  readonly #frame: HTMLIFrameElement
  readonly #origin: string
  readonly #onMessage: (message: PreviewMessage) => void
  readonly #log: (direction: 'in' | 'out', message: BridgeMessage) => void

  constructor(
    frame: HTMLIFrameElement,
    origin: string,
    onMessage: (message: PreviewMessage) => void,
    log: (direction: 'in' | 'out', message: BridgeMessage) => void,
  ) {
    this.#frame = frame
    this.#origin = origin
    this.#onMessage = onMessage
    this.#log = log
    window.addEventListener('message', this.#receive)
  }

  send(message: BridgeMessage): void {
    this.#log('out', message)
    this.#frame.contentWindow?.postMessage(message, this.#origin)
  }

  close(): void {
    window.removeEventListener('message', this.#receive)
  }

  readonly #receive = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source !== this.#frame.contentWindow || origin !== this.#origin) return
    if (typeof data !== 'object' || data === null || !('action' in data) || typeof data.action !== 'string') return
    this.#log('in', data as BridgeMessage)
    this.#onMessage(data as PreviewMessage)
  }
}
