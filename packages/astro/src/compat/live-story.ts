/**
 * Gives `null`: what an editor types is in what `useStoryblokApi` reads, so that a page reads its story in one way.
 *
 * @deprecated Leave it out.
 */
export function getLiveStory(_astro?: unknown): Promise<null> {
  return Promise.resolve(null)
}

/**
 * Gives nothing: what an editor types is in what `useStoryblokApi` reads, so that a page reads its story in one way.
 *
 * @deprecated Leave it out.
 */
export function getPayload(_context?: unknown): Promise<{ story?: undefined; serverData?: undefined }> {
  return Promise.resolve({})
}
