/** A rich text field: the document of Storyblok's editor. */
export interface RichTextDocument {
  type: 'doc'
  content?: RichTextNode[]
}

export interface RichTextNode {
  type: string
  attrs?: Record<string, unknown>
  content?: RichTextNode[]
  text?: string
  marks?: RichTextMark[]
}

export interface RichTextMark {
  type: string
  attrs?: { href?: string | null; linktype?: string | null; target?: string | null }
}
