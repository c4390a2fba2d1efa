/** Who may speak to the page, and of what. */
export interface Speakers {
  /** Origins; a star stands for any port. */
  editors: readonly string[]
  /** Whether the server read a story for this page. */
  isShown: (storyId: number) => boolean
}

/**
 * Lets commands to the bridge pass only from the window that frames the page, while that shows an editor, and unsaved
 * content only of the page's own stories: every customer of Storyblok shares the editor's origin. The bridge itself believes
 * any window. It has to come first, before the bridge listens.
 */
export function guardMessages(speakers: Speakers): void {
  window.addEventListener(
    'message',
    (event: MessageEvent<unknown>) => {
      if (isCommand(event.data) && !isTrue(event, event.data, speakers)) event.stopImmediatePropagation()
    },
    true,
  )
}

interface Command {
  action: string
  story?: { id?: unknown } | null
}

/** What the bridge takes for a command; other windows' messages to the page's own code are none. */
function isCommand(data: unknown): data is Command {
  return typeof data === 'object' && data !== null && 'action' in data
}

function isTrue({ source, origin }: MessageEvent, { action, story }: Command, { editors, isShown }: Speakers): boolean {
  const isEditor = source === window.parent && source !== window && isOneOf(origin, editors)
  return isEditor && (action !== 'input' || isShown(Number(story?.id)))
}

/** Tells whether an origin is one of those that are listed. */
export function isOneOf(origin: string, listed: readonly string[]): boolean {
  return listed.some((one) => (one.endsWith(':*') ? origin.replace(/:\d+$/, ':*') === one : origin === one))
}
