import { beforeUpdate } from '../browser/update-events.js'
import type { EditorStory } from '../browser/connect-bridge.js'
import type { ISbStoryData } from './types.js'

/**
 * Hears what an editor types, on an editor's page: the story as the Visual Editor tells it, once the message came from the
 * editor's window, of a story that the server read for this page. On every other page, and on the server, it does nothing.
 *
 * @param storyId - The story's numeric id.
 * @param hear - Is called with the story before it is saved.
 * @param _options - Taken and ignored: the page's reads say which relations and links the editor sends.
 * @returns A function that ends the hearing, such as for `onMount` to call.
 */
export function useStoryblokBridge<Content = ISbStoryData['content']>(
  storyId: number | undefined,
  hear: (story: ISbStoryData<Content>) => void,
  _options?: unknown,
): () => void {
  if (typeof document === 'undefined' || storyId === undefined) return () => {}
  const listen = (event: Event): void => {
    const { story } = (event as CustomEvent<{ story?: EditorStory }>).detail
    if (story?.id === storyId) hear(story as unknown as ISbStoryData<Content>)
  }
  document.addEventListener(beforeUpdate, listen)
  return () => document.removeEventListener(beforeUpdate, listen)
}
