import { propsOf, typeOf } from './prepared-rich-text.js'
import type { PreparedPart } from './prepared-rich-text.js'
import type { ElementType, RenderedPart } from './types.js'

/** Gives a prepared rich text as what is rendered. Its parts no longer know the nodes that they were made of. */
export function unprepare<Nested>(part: PreparedPart<Nested>): RenderedPart<Nested> {
  if (typeof part === 'string') return part
  if (!Array.isArray(part)) {
    return { type: 'blok', props: part, node: { type: 'blok', attrs: { body: [...part.bloks] } } }
  }
  const [tag, children = [], attributes] = part
  const type = typeOf(part) as ElementType | undefined
  return {
    ...(type && { type }),
    tag,
    attributes: attributes || {},
    props: propsOf(part),
    children: children.map(unprepare),
  }
}
