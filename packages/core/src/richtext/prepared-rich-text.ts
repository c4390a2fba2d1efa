import type { WireBlok } from '../delivery/wire.js'
import type { HtmlAttributes, RichTextType } from './types.js'

/** A rich text that is ready to show: read and checked on the server. */
export interface PreparedRichText<out Nested = WireBlok> {
  type: 'doc'
  /** There, and `undefined`: JSON has no such thing, so whoever writes content can't make this, with unchecked parts. */
  content: undefined
  parts: PreparedPart<Nested>[]
}

/** A part of a prepared rich text: HTML, the bloks at one place, or an element that a component shows, or that holds one. */
export type PreparedPart<Nested = WireBlok> = string | { bloks: readonly Nested[] } | PreparedElement<Nested>

export interface PreparedElement<out Nested = WireBlok> {
  tag: string
  /** The type that a component shows; without it HTML's element stands there. */
  type?: RichTextType
  /** What the component gets, or the element's attributes. */
  props: HtmlAttributes | object
  children: PreparedPart<Nested>[]
}

/** Tells a prepared rich text from one as Storyblok delivers it. */
export function isPreparedRichText(value: unknown): value is PreparedRichText<unknown> {
  const { parts, content } = (value ?? {}) as { parts?: unknown; content?: unknown }
  return Array.isArray(parts) && content === undefined && Object.hasOwn(value as object, 'content')
}
