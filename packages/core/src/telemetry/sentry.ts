import { scrubInPlace } from './scrub.js'

/** The hooks of Sentry's `init` that see what is sent. */
export interface SentryHooks {
  beforeSend<Event extends object>(event: Event): Event
  beforeSendSpan<Span extends object>(span: Span): Span
  beforeBreadcrumb<Breadcrumb extends object>(breadcrumb: Breadcrumb): Breadcrumb
}

/**
 * Makes the hooks that take Storyblok's token out of everything that Sentry sends: errors, spans and breadcrumbs of
 * requests. Spread them into `Sentry.init`.
 *
 * @example
 * ```ts
 * import { sentryHooks } from '@keyblok/core/telemetry'
 *
 * const options = { dsn: 'https://key@sentry.example/1', ...sentryHooks() }
 * ```
 */
export function sentryHooks(): SentryHooks {
  return {
    beforeSend: scrubInPlace,
    beforeSendSpan: scrubInPlace,
    beforeBreadcrumb: scrubInPlace,
  }
}
