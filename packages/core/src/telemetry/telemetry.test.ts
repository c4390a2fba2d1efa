import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import * as Sentry from '@sentry/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Delivery } from '../delivery/delivery.js'
import { accessTo, createSpace, tokens } from '../test-support.js'
import { scrubbingSpanProcessor } from './open-telemetry.js'
import { scrubInPlace, scrubText } from './scrub.js'
import { sentryHooks } from './sentry.js'

/** Reads drafts over HTTP, once well and once from where nobody answers. */
async function readTwice(): Promise<void> {
  const { url, close } = await createSpace().listen()
  await new Delivery({ apiOrigin: url }).stories(accessTo('draft'))
  await close()
  await new Delivery({ apiOrigin: url, attempts: 1 }).stories(accessTo('draft')).catch(() => undefined)
}

describe('scrubText', () => {
  it.each([
    ['https://api.space.test/v2/cdn/stories?version=draft&token=abc&cv=1', '…token=[token]&cv=1'],
    ['?token=abc', '…token=[token]'],
    ['token=abc', '…token=[token]'],
    ['GET /v2?token=abc HTTP/1.1', '…token=[token] HTTP/1.1'],
    ['<a href="/v2?token=abc">', '…token=[token]">'],
    ['https%3A%2F%2Fx%3Fversion%3Ddraft%26token%3Dabc%26cv%3D1', '…token%3D[token]%26cv%3D1'],
    ['https://site.example/?access_token=abc', 'https://site.example/?access_token=abc'],
    ['no secret here', 'no secret here'],
  ])('takes the token out of %s', (text, expected) => {
    const scrubbed = scrubText(text)
    expect(expected.startsWith('…') ? `…${scrubbed.slice(scrubbed.indexOf('token'))}` : scrubbed).toBe(expected)
  })

  it('takes any token out of any URL', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9]{16,30}$/)
    fc.assert(
      fc.property(token, fc.webUrl(), fc.boolean(), (value, origin, encoded) => {
        const url = `${origin.split(/[?#]/)[0]}?version=draft&token=${value}&cv=1`
        expect(scrubText(encoded ? encodeURIComponent(url) : url)).not.toContain(value)
      }),
    )
  })

  it('leaves circles and frozen things alone that hold no token', () => {
    const circle: Record<string, unknown> = { text: '?token=abc', frozen: Object.freeze({ a: 'b' }) }
    circle['self'] = circle
    expect(scrubInPlace(circle)['text']).toBe('?token=[token]')
  })
})

describe('OpenTelemetry', () => {
  async function spansOf(scrubbed: boolean): Promise<string> {
    const exporter = new InMemorySpanExporter()
    const spanProcessors = [...(scrubbed ? [scrubbingSpanProcessor()] : []), new SimpleSpanProcessor(exporter)]
    const tracerProvider = new NodeTracerProvider({ spanProcessors })
    const stop = registerInstrumentations({ tracerProvider, instrumentations: [new UndiciInstrumentation()] })
    await readTwice()
    stop()
    const spans = exporter.getFinishedSpans()
    expect(spans.length).toBeGreaterThanOrEqual(2)
    return JSON.stringify(spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })))
  }

  it('records no token behind the scrubber', async () => {
    const spans = await spansOf(true)
    expect(spans).toContain('/v2/cdn/stories')
    expect(spans).toContain('token=[token]')
    expect(spans).not.toContain(tokens.preview)
  })

  it('would record it without', async () => {
    expect(await spansOf(false)).toContain(tokens.preview)
  })
})

describe('Sentry', () => {
  async function sentBy(hooks: Partial<ReturnType<typeof sentryHooks>>): Promise<string> {
    const sent: string[] = []
    const client = Sentry.init({
      dsn: 'https://key@sentry.example/1',
      tracesSampleRate: 1,
      transport: () => ({
        send: (envelope) => {
          sent.push(JSON.stringify(envelope))
          return Promise.resolve({})
        },
        flush: () => Promise.resolve(true),
      }),
      ...hooks,
    })
    await Sentry.startSpan({ name: 'page', op: 'test' }, readTwice)
    // Sentry filters parameters of its own spans, and not what applications say.
    Sentry.captureException(new Error(`broken: https://api.space.test/v2/cdn/stories?token=${tokens.preview}`))
    await client?.flush(2000)
    await client?.close()
    return sent.join('\n')
  }

  it('is sent no token with the hooks', async () => {
    const sent = await sentBy(sentryHooks())
    expect(sent).toContain('/v2/cdn/stories')
    expect(sent).not.toContain(tokens.preview)
  })

  it('would be sent it without', async () => {
    expect(await sentBy({})).toContain(tokens.preview)
  })
})
