/** What the Visual Editor shows, by the address that it opens. It counts with a grant only. */
export interface EditorView {
  /** The language's code; none for the default one. */
  language?: string
  /** The release's id. */
  release?: string
}

/** The parameters that say it, and stay with an editor who goes on to other pages. */
export const viewParameters = { language: '_storyblok_lang', release: '_storyblok_release' } as const

/** “Open published” puts it in the place of all others. */
export const publishedParameter = '_storyblok_published'

/** Reads what the editor shows; words that mean nothing, such as `undefined` for no release, are none. */
export function readEditorView({ searchParams }: URL): EditorView {
  const language = searchParams.get(viewParameters.language) ?? ''
  const release = searchParams.get(viewParameters.release) ?? ''
  return {
    ...(/^[A-Za-z][\w-]{0,31}$/.test(language) && language !== 'default' && { language }),
    ...(/^[1-9]\d{0,15}$/.test(release) && { release }),
  }
}
