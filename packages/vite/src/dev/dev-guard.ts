import type { IncomingMessage, ServerResponse } from 'node:http'
import { leakError, maskText, Matcher, needlesOfAll } from '@keyblok/core/guard'
import type { Leak } from '@keyblok/core/guard'
import type { ErrorPayload, HotPayload, Plugin, ViteDevServer } from 'vite'
import { secretsOf } from '../proof/guard-options.js'
import type { GuardOptions } from '../proof/guard-options.js'
import { envOf } from '../proof/leak-scan.js'
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
        const { refused } = secretsOf(envOf(server.config), guard)
        const matcher = new Matcher(needlesOfAll(refused))
        if (matcher.longest > 0) maskMessages(server, matcher)
        const report = reporter(server)
        // Before everything else: what an earlier handler answers would not be seen.
        server.middlewares.stack.unshift({
          route: '',
          handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => {
            const url = request.url ?? '/'
            if (matcher.longest > 0) {
              const path = maskText(url, matcher, () => {})
              guardNodeResponse(request, response, matcher, (leak) => report(`${request.method} ${path}`, leak))
            }
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
  if (!url.includes('/@id/')) return false
  return modules.some((module) => url.includes(module) || url.includes(encodeURIComponent(module)))
}

/** Makes what tells of leaks: each once in the terminal, and in every page that is open or opens now. */
function reporter(server: ViteDevServer): (route: string, leak: Leak) => void {
  const told = new Set<string>()
  let last: { payload: ErrorPayload; until: number } | undefined
  server.ws.on('connection', (socket) => {
    if (last && Date.now() < last.until) socket.send(JSON.stringify(last.payload))
  })
  return (route, leak) => {
    const error = leakError(route, leak)
    const payload: ErrorPayload = {
      type: 'error',
      err: { message: error.report, stack: '', plugin: 'keyblok:dev-guard', id: route },
    }
    last = { payload, until: Date.now() + shownFor }
    server.ws.send(payload)
    if (told.has(error.message)) return
    told.add(error.message)
    server.config.logger.error(error.report, { timestamp: true })
  }
}

/** What goes to open pages takes another way: errors with their code frames, and what plugins send. */
function maskMessages({ ws }: ViteDevServer, matcher: Matcher): void {
  const send = ws.send.bind(ws) as (...args: unknown[]) => void
  const masked = (value: unknown): unknown => {
    const text = JSON.stringify(value)
    return text === undefined ? value : (JSON.parse(maskText(text, matcher, () => {})) as unknown)
  }
  ws.send = ((first: HotPayload | string, data?: unknown) => {
    if (typeof first === 'string') send(first, masked(data))
    else send(masked(first))
  }) as typeof ws.send
}
