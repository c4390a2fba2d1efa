import type { Plugin } from 'vite'
import { envOf } from '../proof/environment.js'

/** Says in dev what Storyblok's own editor needs to frame the dev server; a local space's editor needs nothing. */
export function editorHint(): Plugin {
  return {
    name: 'keyblok:editor-hint',
    apply: 'serve',
    configureServer({ config, httpServer }) {
      const { STORYBLOK_API_URL: api, STORYBLOK_PREVIEW_TOKEN: preview } = envOf(config)
      if (api || !preview || config.server.https) return
      httpServer?.once('listening', () =>
        config.logger.info(
          '[keyblok] Storyblok’s Visual Editor frames this server over https only, and Chrome asks first whether it may ' +
            'reach your machine. How: https://github.com/keyblok/keyblok/blob/main/docs/preview.md',
        ),
      )
    },
  }
}
