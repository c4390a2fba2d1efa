import { KeyblokError } from '@keyblok/core'

/** Says that the endpoint of private assets is prerendered, and cannot be. */
export function prerenderedError(route: string): KeyblokError {
  const details = `Private assets need an on-demand route, and ${route} is prerendered.`
  return new KeyblokError('KB_CONFIGURATION_INVALID', details, {
    hint: 'Add `export const prerender = false` to it: a signed URL in a file would open the asset to everybody, and expire.',
  })
}
