import { followEditor, newest, readEditorPage, ticketFor } from '@keyblok/core/editor'
import type { EditorStory, LoadBridge } from '@keyblok/core/editor'
import { go, refresh, renewAddress, started } from 'virtual:keyblok/navigation'
import { richText } from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { followers } from './followers.js'
import type { Follower } from './followers.js'
import { LiveStory } from './live-story.js'
import type { PageStory } from './live-story.js'

/** The stories that the page shows, by what it was loaded with: after a navigation it is loaded with others. */
const live = new WeakMap<object, LiveStory>()

interface Shown {
  follower: Follower
  story: LiveStory
  loaded: PageStory
}

/** Makes an editor's page follow the Visual Editor. It runs in the browser; visitors' pages have nothing of it. */
export function start(loadBridge: LoadBridge): Promise<void> {
  const askServer = newest((message: EditorStory) => showAnswer(message))
  let hasSession = readEditorPage()?.signed === false
  return followEditor(
    {
      ready: started(),
      isShown: (id) => shownStories().some((shown) => shows(shown, id)) || hasTicket(id),
      ticket: (id) => shownStories().find((shown) => shows(shown, id))?.loaded._keyblok?.ticket,
      async update(message) {
        const shown = shownStories().filter((one) => shows(one, message.id))
        for (const one of shown) showUnsaved(one, message)
        // First the page shows what it can by itself.
        await new Promise((resolve) => setTimeout(resolve))
        if (shown.some(({ story, loaded }) => loaded.id === message.id && story.needsServer)) await askServer(message)
      },
      // Where the browser refuses the session, what was written is all that the page may see.
      refresh: async () => {
        if (hasSession) await refresh()
      },
      go: (address) => void go(address),
      async onSession() {
        hasSession = true
        // The page is loaded once more by it, so it comes before anything is written.
        await renewAddress()
      },
    },
    loadBridge,
  )
}

/** Whether the server read a story for the page in another way than `useStory` shows it. */
function hasTicket(id: number): boolean {
  const page = readEditorPage()
  return page !== undefined && ticketFor(page, id) !== undefined
}

function shownStories(): Shown[] {
  return [...followers].flatMap((follower) => {
    const loaded = follower.loaded() as PageStory | null | undefined
    if (!loaded?._keyblok) return []
    const story = live.get(loaded) ?? new LiveStory(loaded, loaded._keyblok, { ...richText, space: siteSpace })
    live.set(loaded, story)
    return [{ follower, story, loaded }]
  })
}

function shows({ story, loaded }: Shown, id: number): boolean {
  return loaded.id === id || story.has(id)
}

function showUnsaved({ follower, story, loaded }: Shown, message: EditorStory): void {
  if (loaded.id === message.id) story.write(message)
  else story.replace(related(story, loaded, message))
  follower.show(story.current)
}

/** A story that stands in the page's own, as it is written. */
function related(story: LiveStory, { _keyblok: preview }: PageStory, message: EditorStory): PageStory {
  const before = story.find(message.id)
  const other = new LiveStory(before!, preview!, { ...richText, space: siteSpace })
  other.write(message)
  return other.current
}

/** Shows the story as a load would give it. What was written meanwhile stays. */
async function showAnswer(message: EditorStory): Promise<void> {
  const page = readEditorPage()
  const shown = shownStories().find(({ loaded }) => loaded.id === message.id)
  if (!page || !shown) return
  const { follower, loaded, story } = shown
  // Most stories show nothing that only the server knows.
  const { askServer } = await import('./ask-server.js')
  const sent = await askServer(page, loaded._keyblok?.ticket ?? '', message)
  if (!sent || follower.loaded() !== loaded) return
  story.learn(sent)
  follower.show(story.current)
}
