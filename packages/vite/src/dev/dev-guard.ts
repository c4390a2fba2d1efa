import type { IncomingMessage, ServerResponse } from 'node:http'
import { leakError, maskText, Matcher, needlesOfAll } from '@keyblok/core/guard'
import type { Leak } from '@keyblok/core/guard'
import type { ErrorPayload, Plugin, ViteDevServer } from 'vite'
import { createSearch, secretsOf, variablesHolding } from '../proof/guard-options.js'
import type { GuardOptions } from '../proof/guard-options.js'
import { envOf } from '../proof/environment.js'
import { sourcesOf } from '../proof/search-sources.js'
import { denyFiles } from './denied-files.js'
import { guardNodeResponse } from './guard-node-response.js'

export interface DevGuardOptions {
  guard: GuardOptions
  /** The files that a dev server would serve and should not, beside Vite’s own list. */
  files?: readonly string[]
  /** The modules that hold content or secrets and that no browser needs, by a part of their ids. */
  modules?: readonly string[]
}

/** How long a leak is shown to pages that open after it, in milliseconds: the page that has it connects last. */
const shownFor = 10_000

/** The event by which pages ask for leaks, and by which they are told. */
const leaksEvent = 'keyblok:leaks'
/** How many leaks pages are told of. */
const mostLeaks = 20

/**
 * Keeps a dev server from serving secrets: whatever it answers is watched, through `--host` and tunnels too. A secret is
 * overwritten on its way, and shown as an error in the browser’s overlay and in the terminal.
 */
export function devGuard({ guard, files = [], modules = [] }: DevGuardOptions): Plugin {
  return {
    name: 'keyblok:dev-guard',
    apply: 'serve',
    config: (config) => denyFiles(config, files),
    configureServer: {
      order: 'pre',
      handler(server) {
        const { config } = server
        const search = createSearch(envOf(config), guard)
        const matcher = new Matcher(needlesOfAll(secretsOf(envOf(config), guard).refused))
        if (matcher.longest === 0) {
          config.logger.info('[keyblok] not guarded: this dev server knows no secret to look for', { timestamp: true })
        }
        maskMessages(server, matcher)
        const reporter = new Reporter(server, (label, route) =>
          sourcesOf(config.root, label, route, {
            search,
            variablesOf: (name) => variablesHolding(envOf(config), guard, name),
          }),
        )
        // Before everything else: what an earlier handler answers would not be seen.
        server.middlewares.stack.unshift({
          route: '',
          handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => {
            const url = request.url ?? '/'
            const route = `${request.method} ${maskText(url, matcher, () => {})}`
            const told = new Set<string>()
            guardNodeResponse(request, response, matcher, (leak) => {
              // A module has its source map with it, in base64: one of the two is enough.
              if (!told.has(`${leak.label} ${leak.place}`)) reporter.report(route, leak)
              told.add(`${leak.label} ${leak.place}`)
            })
            // What the browser has already was looked at when it was sent.
            const isNew = (): boolean => response.statusCode !== 304
            response.once('finish', () => told.size === 0 && isNew() && reporter.mended(route))
            if (!isDenied(url, modules)) return next()
            response.statusCode = 403
            response.end('This module is for the server only.')
          },
        })
      },
    },
  }
}

function isDenied(url: string, modules: readonly string[]): boolean {
  const path = decode(url)
  return path.includes('/@id/') && modules.some((module) => path.includes(module))
}

/** Vite decodes addresses, in parts more than once. */
function decode(url: string): string {
  try {
    const decoded = decodeURIComponent(url)
    return decoded === url ? url : decode(decoded)
  } catch {
    return url
  }
}

/**
 * Tells of leaks: each once in the terminal, and in every page that is open or opens now. Whoever asks by the event
 * `keyblok:leaks` gets a list of those that were not mended yet, and again whenever it changes.
 */
class Reporter {
  readonly #server: ViteDevServer
  readonly #sourcesOf: (label: string, route: string) => string[]
  readonly #told = new Set<string>()
  /** What leaks, by route without its query, which changes with every version of a module. */
  readonly #leaks = new Map<string, Set<string>>()
  #last: { route: string; payload: ErrorPayload; until: number } | undefined

  constructor(server: ViteDevServer, sources: (label: string, route: string) => string[]) {
    this.#server = server
    this.#sourcesOf = sources
    server.ws.on('connection', (socket) => {
      if (this.#last && Date.now() < this.#last.until) socket.send(JSON.stringify(this.#last.payload))
    })
    server.ws.on(leaksEvent, (_data, client) => client.send(leaksEvent, this.#list()))
  }

  report(route: string, leak: Leak): void {
    const error = leakError(route, leak)
    const sources = this.#sourcesOf(leak.label, route).map((source) => `\n  perhaps from ${source}`)
    const message = `${error.message} It was overwritten.${sources.join('')}\n${error.hint}`
    const payload: ErrorPayload = {
      type: 'error',
      err: { message, stack: '', plugin: 'keyblok:dev-guard', id: route },
    }
    this.#last = { route, payload, until: Date.now() + shownFor }
    this.#server.ws.send(payload)
    const place = withoutQuery(route)
    this.#leaks.set(place, (this.#leaks.get(place) ?? new Set()).add(leak.label))
    this.#server.ws.send(leaksEvent, this.#list())
    if (this.#told.has(message)) return
    this.#told.add(message)
    this.#server.config.logger.error(message, { timestamp: true })
  }

  /** Shows a leak no more, once its route answers without. */
  mended(route: string): void {
    if (this.#last?.route === route) this.#last = undefined
    if (this.#leaks.delete(withoutQuery(route))) this.#server.ws.send(leaksEvent, this.#list())
  }

  /** The newest leaks, without the secrets. */
  #list(): { route: string; label: string }[] {
    return [...this.#leaks]
      .flatMap(([route, labels]) => [...labels].map((label) => ({ route, label })))
      .slice(-mostLeaks)
  }
}

function withoutQuery(route: string): string {
  return route.split('?')[0] ?? route
}

/**
 * What goes to open pages takes another way: errors with their code frames, and what plugins send, to all or to one. A
 * message that waits for the first page goes out before anybody is told of its connection.
 */
function maskMessages({ ws }: ViteDevServer, matcher: Matcher): void {
  const masked = (text: string): string => maskText(text, matcher, () => {})
  const sendToAll = ws.send.bind(ws) as (...args: unknown[]) => void
  ws.send = ((...args: unknown[]) =>
    sendToAll(
      ...args.map((arg) => (arg === undefined ? arg : (JSON.parse(masked(JSON.stringify(arg))) as unknown))),
    )) as typeof ws.send
  ws.on('connection', (socket) => {
    const send = socket.send.bind(socket) as (data: unknown, ...rest: unknown[]) => void
    socket.send = ((data: unknown, ...rest: unknown[]) =>
      send(typeof data === 'string' ? masked(data) : data, ...rest)) as typeof socket.send
  })
}
