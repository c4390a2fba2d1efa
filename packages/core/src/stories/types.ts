import type { WireBlok, WireStory } from '../delivery/wire.js'
import type { Space } from './space.js'

/**
 * The components of each space. Generated types augment it, through the framework adapter's `stories` entry:
 * `bloks` maps a component's name to its fields, `contentTypes` names those that are stories, `relations` gives every
 * relation as it arrives unasked, `datasources` the values of each datasource.
 */
// oxlint-disable-next-line no-unused-vars -- augmentations use it, and must name it alike
export interface Spaces<R> {}

/**
 * What the site registers: `space: typeof space` tells blok types which relations are resolved, `blokData: typeof blokData`
 * what the components of bloks get beside them.
 */
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

/** The relations that were asked for, as generated types take them: an asked one is never a UUID. */
export type Asked<Relation extends string> = [Relation] extends [never] ? unknown : Record<Relation, never>

/** The relations that the registered space resolves. */
export type ResolvedRelations = Register extends { space: Space<string, infer Relation> } ? Asked<Relation> : unknown

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
  Definition<Name, unknown> extends { contentTypes: infer Type extends string } ? Type : string

/** A relation of the space, as `component.field`. */
export type RelationName<Name extends string = 'default'> =
  Definition<Name, unknown> extends { relations: infer Relations } ? keyof Relations & string : string

/** The slug of a datasource. */
export type DatasourceName<Name extends string = 'default'> =
  Definition<Name, unknown> extends { datasources: infer Datasources } ? keyof Datasources & string : string

/** The values of a datasource: `DatasourceValue<'colors'>`. */
export type DatasourceValue<Slug extends string, Name extends string = 'default'> =
  Definition<Name, unknown> extends { datasources: infer Datasources }
    ? Slug extends keyof Datasources
      ? Datasources[Slug] & string
      : string
    : string

/** The blok of a component: `BlokOf<'hero'>`. */
export type BlokOf<Component extends BlokName<Name>, Name extends string = 'default'> = Bloks<
  Name,
  ResolvedRelations
>[Component]

/** The props of a component's implementation: `BlokProps<'hero'>`. */
export type BlokProps<Component extends BlokName<Name>, Name extends string = 'default'> = {
  blok: BlokOf<Component, Name>
} & DataProps<Component>

/** What a blok's component gets beside the blok, where the site registered the function that reads it. */
type DataProps<Component> = Register extends { blokData: infer Functions }
  ? Component extends keyof Functions
    ? { data: BlokData<Functions[Component]> }
    : unknown
  : unknown

/** What a function of blok data gives. */
export type BlokData<Function> = Function extends (...args: never) => infer Result ? Awaited<Result> : never

/** A story by its content type, with the relations of the registered space: `StoryOf<'article'>`. */
export type StoryOf<Type extends string, Name extends string = 'default'> =
  Type extends BlokName<Name> ? Story<BlokOf<Type, Name>> : Story

/** A story as a source reads it: with the relations that this source asks for. */
export type SourceStory<Type extends string, Name extends string, Relation extends string> = Type extends keyof Bloks<
  Name,
  Asked<Relation>
>
  ? Story<Bloks<Name, Asked<Relation>>[Type]>
  : Story

/** The fields of a content type, those that all have when it is several; any field where nothing is generated. */
export type ContentFields<Type extends string, Name extends string = 'default'> = Type extends keyof Bloks<
  Name,
  unknown
>
  ? Bloks<Name, unknown>[Type]
  : Record<string, unknown>
