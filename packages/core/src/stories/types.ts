import type { WireBlok, WireStory } from '../delivery/wire.js'
import type { Space } from './space.js'

/**
 * The components of each space. Generated types augment it, through the framework adapter's `stories` entry:
 * `bloks` maps a component's name to its fields, `contentTypes` names those that are stories, `relations` gives every
 * relation as it arrives unasked.
 */
// oxlint-disable-next-line no-unused-vars -- augmentations use it, and must name it alike
export interface Spaces<R> {}

/** What the site registers: `space: typeof space` tells blok types which relations are resolved. */
export interface Register {}

/** A story's page in one language. */
export interface Alternate {
  /** The language's code, as the space definition has it. */
  readonly language: string
  /** The path of the page. */
  readonly href: string
}

/** A story with its content and the path of its page. It is frozen, relations included: readers share it. */
export interface Story<Content = WireBlok> extends Omit<WireStory, 'content' | 'alternates'> {
  content: Content
  /** The path of the story's page on the site, from `/`. */
  href: string
  /** The story's pages in all languages, this one included; empty where the space has one language. */
  alternates: readonly Alternate[]
}

/** The relations that the registered space resolves. */
export type ResolvedRelations = Register extends { space: Space<string, infer Relation> }
  ? Record<Relation, never>
  : unknown

type Definition<Name, R> = Name extends keyof Spaces<R> ? Spaces<R>[Name] : Untyped

interface Untyped {
  bloks: Record<string, WireBlok>
  contentTypes: string
}

type Bloks<Name, R> = Definition<Name, R> extends { bloks: infer Map } ? Map : never

/** The name of a component. */
export type BlokName<Name extends string = 'default'> = keyof Bloks<Name, ResolvedRelations> & string

/** The name of a content type. */
export type ContentType<Name extends string = 'default'> =
  Definition<Name, ResolvedRelations> extends { contentTypes: infer Type extends string } ? Type : string

/** The blok of a component: `BlokOf<'hero'>`. */
export type BlokOf<Component extends BlokName<Name>, Name extends string = 'default'> = Bloks<
  Name,
  ResolvedRelations
>[Component]

/** The props of a component's implementation: `BlokProps<'hero'>`. */
export interface BlokProps<Component extends BlokName<Name>, Name extends string = 'default'> {
  blok: BlokOf<Component, Name>
}

/** A story by its content type: `StoryOf<'article'>`. */
export type StoryOf<Type extends string, Name extends string = 'default'> =
  Type extends BlokName<Name> ? Story<BlokOf<Type, Name>> : Story

/** The names of a content type's own fields; any name where nothing is generated. */
export type ContentField<Type extends string, Name extends string = 'default'> =
  Type extends BlokName<Name> ? keyof BlokOf<Type, Name> & string : string
