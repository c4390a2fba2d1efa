import { Schema } from 'prosemirror-model'
import type { MarkSpec, NodeSpec } from 'prosemirror-model'

const block = (tag: string, content = 'inline*', more: Partial<NodeSpec> = {}): NodeSpec => ({
  content,
  group: 'block',
  parseDOM: [{ tag }],
  toDOM: () => [tag, 0],
  ...more,
})

const mark = (tag: string): MarkSpec => ({ parseDOM: [{ tag }], toDOM: () => [tag, 0] })

/** The nodes and marks of Storyblok's rich text that the editor can change, under Storyblok's names. */
export const richTextSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: block('p', 'inline*', { attrs: { textAlign: { default: null } } }),
    heading: {
      content: 'inline*',
      group: 'block',
      defining: true,
      attrs: { level: { default: 2 }, textAlign: { default: null } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      // The level is anybody’s words until it is one of six.
      toDOM: (node) => [`h${Math.min(6, Math.max(1, Math.trunc(Number(node.attrs['level'])) || 1))}`, 0],
    },
    blockquote: block('blockquote', 'block+'),
    bullet_list: block('ul', 'list_item+'),
    ordered_list: block('ol', 'list_item+', { attrs: { order: { default: 1 } } }),
    list_item: { content: 'block+', parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0], defining: true },
    code_block: block('pre', 'text*', { marks: '', code: true, attrs: { class: { default: null } } }),
    horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    /** Nested bloks stay as they are; the page is where they are selected. */
    blok: {
      group: 'block',
      atom: true,
      attrs: { id: { default: null }, body: { default: [] } },
      toDOM: (node) => {
        const names = (node.attrs['body'] as { component: string }[]).map(({ component }) => component)
        return ['div', { class: 'blok-node' }, names.join(', ')]
      },
    },
    text: { group: 'inline' },
    hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    image: {
      inline: true,
      group: 'inline',
      attrs: Object.fromEntries(
        ['id', 'src', 'alt', 'title', 'source', 'copyright', 'meta_data'].map((name) => [name, { default: null }]),
      ),
      toDOM: (node) => ['span', { class: 'blok-node' }, `image ${String(node.attrs['alt'] ?? '')}`],
    },
  },
  marks: {
    link: {
      attrs: Object.fromEntries(
        ['href', 'uuid', 'anchor', 'target', 'linktype', 'custom', 'story'].map((name) => [name, { default: null }]),
      ),
      inclusive: false,
      toDOM: () => ['a', 0],
    },
    bold: mark('strong'),
    italic: mark('em'),
    strike: mark('s'),
    underline: mark('u'),
    code: mark('code'),
    superscript: mark('sup'),
    subscript: mark('sub'),
  },
})

/** Whether all of a document can be changed here without losing a part of it. */
export function isEditable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEditable)
  if (typeof value !== 'object' || value === null) return true
  const { type, attrs, content, marks } = value as Record<string, unknown>
  const spec = richTextSchema.nodes[String(type)] ?? richTextSchema.marks[String(type)]
  const known = Object.keys(spec?.spec.attrs ?? {})
  const hasAttributes = Object.keys((attrs as object | null) ?? {}).every((name) => known.includes(name))
  return spec !== undefined && hasAttributes && isEditable(content ?? []) && isEditable(marks ?? [])
}
