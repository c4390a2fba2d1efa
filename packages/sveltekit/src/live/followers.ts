/** A part of the page that shows a story, and can show another state of it. */
export interface Follower {
  /** Gives the story that the page was loaded with. */
  loaded(): object | null | undefined
  /** Shows the story as an editor has it. */
  show(story: object): void
}

/** What `useStory` shows on this page. Only an editor's page has a script that uses it. */
export const followers: Set<Follower> = new Set()
