import type { share as shareParts } from '@keyblok/core/browser'
import type { Story } from '../stories.js'
import { followers } from './followers.js'
import type { Follower } from './followers.js'

/** A story as it is shown now. */
export interface ShownStory<Content> {
  readonly current: Content
}

let share: typeof shareParts | undefined

/** Most pages of visitors show a story once: what keeps the parts of one that changes is loaded when the first does. */
export const loadShare = (): Promise<unknown> =>
  import('@keyblok/core/browser').then(
    (loaded) => (share = loaded.share),
    // Without it all is shown anew; the next change tries again.
    () => {},
  )

/**
 * Gives the story that a page shows, as it changes: after `invalidate`, and while an editor writes. What stays the same in
 * it stays the same object, so that only the bloks that changed are shown anew, and all others keep their state.
 *
 * @param read - Gives the story that the page was loaded with: `() => data.story`.
 *
 * @example
 * ```ts
 * import { useStory } from '@keyblok/sveltekit/components'
 * import type { Story } from '@keyblok/sveltekit/stories'
 *
 * declare const data: { story: Story }
 * const story = useStory(() => data.story)
 * story.current.name
 * ```
 */
export function useStory<Shown extends Pick<Story, 'id'> | null | undefined>(read: () => Shown): ShownStory<Shown> {
  let before: Shown | undefined
  // What an editor wrote, for the story that the page was loaded with: one that is loaded anew is saved.
  let unsaved = $state.raw<{ of: Shown; story: Shown }>()
  const current = $derived.by(() => {
    const loaded = read()
    const next = unsaved && unsaved.of === loaded ? unsaved.story : loaded
    if (share && before?.id === next?.id) return (before = share(before, next))
    if (before) void loadShare()
    return (before = next)
  })
  $effect(() => {
    const follower: Follower = { loaded: read, show: (story) => (unsaved = { of: read(), story: story as Shown }) }
    followers.add(follower)
    return () => followers.delete(follower)
  })
  return {
    get current() {
      return current
    },
  }
}
