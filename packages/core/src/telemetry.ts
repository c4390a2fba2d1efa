// Runs anywhere: takes the token out of what instruments fetch.
export { scrubText } from './telemetry/scrub.js'
export { scrubbingSpanProcessor } from './telemetry/open-telemetry.js'
export type { ScrubbingSpanProcessor } from './telemetry/open-telemetry.js'
export { sentryHooks } from './telemetry/sentry.js'
export type { SentryHooks } from './telemetry/sentry.js'
