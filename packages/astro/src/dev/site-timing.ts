import { KeyblokError } from '@keyblok/core'
import { site } from '../site.js'
import { storyEditor } from './story-editor.js'

/**
 * Adds what the dev toolbar has to know of the site to a page's `Server-Timing` header: where it runs, and where each space
 * is edited. The server that reads says it, since variables may be set for that one only.
 */
export function addSiteTiming(page: Response): void {
  try {
    page.headers.append('Server-Timing', siteTiming())
  } catch (error) {
    // What is configured wrongly is shown by whatever reads.
    if (!(error instanceof KeyblokError)) throw error
  }
}

function siteTiming(): string {
  const editors = site.spaces.map((envPrefix) => {
    const { apiOrigin, spaceId } = site.connect(envPrefix).settings
    const address = storyEditor(apiOrigin, spaceId)
    const name = envPrefix.toLowerCase().replaceAll('_', '-')
    return address === undefined ? undefined : `keyblok-editor;desc="${name} ${address}"`
  })
  const metrics = [`keyblok-environment;desc="${site.environment.name}"`, ...editors]
  return metrics.filter((metric) => metric !== undefined).join(', ')
}
