import { scrubInPlace, scrubText } from './scrub.js'

/** What is used of a span while it is recorded. */
interface OpenSpan {
  attributes: Record<string, unknown>
  setAttribute(key: string, value: string): unknown
}

/** What is used of a span that ended. */
interface EndedSpan {
  attributes: object
  events: readonly object[]
  status: object
}

/** A span processor, as OpenTelemetry's SDK takes it. */
export interface ScrubbingSpanProcessor {
  onStart(span: OpenSpan): void
  onEnd(span: EndedSpan): void
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

/**
 * Makes a span processor that takes Storyblok's token out of URLs. Storyblok takes the token in the query only, so
 * whatever instruments `fetch` records it. Put it before the processors that export.
 *
 * @example
 * ```ts
 * import { scrubbingSpanProcessor } from '@keyblok/core/telemetry'
 *
 * const spanProcessors = [scrubbingSpanProcessor()]
 * ```
 */
export function scrubbingSpanProcessor(): ScrubbingSpanProcessor {
  return {
    onStart(span) {
      for (const [key, value] of Object.entries(span.attributes)) {
        if (typeof value === 'string' && scrubText(value) !== value) span.setAttribute(key, scrubText(value))
      }
    },
    onEnd({ attributes, events, status }) {
      for (const part of [attributes, events, status]) scrubInPlace(part)
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
}
