import { ask } from '@keyblok/core/editor'
import type { EditorPage, EditorStory } from '@keyblok/core/editor'
import { parse } from 'devalue'
import type { PageStory } from './live-story.js'

/** Asks the server for an unsaved story, as a load would give it; `null` where there is no such story any more. */
export async function askServer(
  page: EditorPage,
  ticket: string,
  { id, content, name, tag_list: tags }: EditorStory,
): Promise<PageStory | null> {
  const answer = await ask(page, 'story', ticket, { story: { id, content, name, tag_list: tags } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return parse(text) as PageStory | null
}
