interface Component {
  component: string
}

/** The bloks that stand in the fields of a blok. */
type NestedIn<Parent> = Parent extends Component
  ? {
      [Field in keyof Parent as string extends Field ? never : Field]-?: NonNullable<
        Parent[Field]
      > extends (infer Item)[]
        ? Extract<Item, Component>
        : never
    } extends infer Nested
    ? Nested[keyof Nested]
    : never
  : never

type Reached<Known, Fresh> = [Fresh] extends [never]
  ? Known
  : Reached<Known | Fresh, Exclude<NestedIn<Fresh>, Known | Fresh>>

/**
 * A space from the `ContentType` union that Storyblok's command line generates, in place of Keyblok's own types. Bloks
 * are found by walking the union's fields; relations stay as that union has them.
 *
 * @example
 * ```ts
 * import type { FromContentTypes } from '@keyblok/core'
 *
 * interface Teaser { component: 'teaser'; _uid: string; headline: string }
 * interface Page { component: 'page'; _uid: string; body?: Teaser[] }
 * type ContentType = Page // in a site: import type { ContentType } from '../.storyblok/types/…'
 *
 * // Augment `Spaces` with it: interface Spaces<R> { default: Content }
 * export type Content = FromContentTypes<ContentType>
 * ```
 */
export interface FromContentTypes<Content extends Component> {
  bloks: { [Blok in Reached<never, Content> as Blok extends Component ? Blok['component'] : never]: Blok }
  contentTypes: Content['component']
}
