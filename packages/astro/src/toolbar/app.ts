import type { DevToolbarApp } from 'astro'
import { saysContentChanged } from './editor-messages.js'
import { leaksEvent, refreshedEvent, refreshEvent } from './events.js'
import type { Leak } from './events.js'
import { followPage } from './page-timings.js'
import { parseReport } from './page-report.js'
import { View } from './view.js'
import type { Shown } from './view.js'
import { isFailure } from './wording.js'

/** The dev toolbar's app. It runs in the browser, in dev only, and knows what the page's answer and the dev server tell. */
const app: DevToolbarApp = {
  init(canvas, toolbar, server) {
    let shown: Shown = { report: undefined, leaks: [] }
    const view = new View(refresh)
    canvas.append(view.window)

    function show(change: Partial<Shown>): void {
      shown = { ...shown, ...change }
      view.show(shown)
      const failed = shown.report?.requests.some(isFailure)
      const level = shown.leaks.length > 0 ? 'warning' : 'error'
      toolbar.toggleNotification({ state: failed || shown.leaks.length > 0, level })
    }

    function refresh(): void {
      view.say('Loading …')
      server.send(refreshEvent, {})
    }

    followPage((timings) => show({ report: parseReport(timings) }))
    server.on<readonly Leak[]>(leaksEvent, (leaks) => show({ leaks }))
    server.send(leaksEvent, {})
    server.on(refreshedEvent, () => view.say('Up to date'))
    window.addEventListener('message', (event) => {
      if (saysContentChanged(event, window, shown.report?.editorOrigins ?? [])) refresh()
    })
    const place = (placement: string): void => view.window.setAttribute('placement', placement)
    // Only changes are told; where the toolbar is stands on its bar.
    const bar = (canvas.host.getRootNode() as ShadowRoot).querySelector<HTMLElement>('[data-placement]')
    place(bar?.dataset['placement'] ?? 'bottom-center')
    toolbar.onToolbarPlacementUpdated(({ placement }) => place(placement))
  },
}

export default app
