import { createLocalSpace } from '@keyblok/space'
import { expect, describe, it } from 'vitest'
import { Secret } from '../tokens/secret.js'
import { KeyblokError } from '../errors.js'
import { Management } from '../management/management.js'
import { fetchSchema } from './fetch-schema.js'
import { generateTypes } from './generate-types.js'
import { readCodeSchema } from './read-code-schema.js'
import { readSchema } from './read-schema.js'
import type { SchemaSource } from './read-schema.js'

const module = '@keyblok/astro/stories'
const write = (source: SchemaSource) => generateTypes(readSchema(source), { module })
const component = (name: string, schema: object, more: object = {}) => ({ name, schema, is_nestable: true, ...more })
const root = { is_root: true, is_nestable: false }

/** The lines of one interface. */
const fieldsOf = (schema: object, others: object[] = [], datasources?: object[]) =>
  /interface Box[^]*?\{([^]*?)\n?\}/
    .exec(write({ components: [component('box', schema), ...others], ...(datasources && { datasources }) }))?.[1]
    ?.trim()

describe('generated types', () => {
  it('hold every kind of field', () => {
    const options = [{ value: 'a' }, { value: "b'c" }, { value: '' }]
    const schema = {
      text: { type: 'text', pos: 0, required: true, description: 'Two lines\nand a */ in them' },
      area: { type: 'textarea', pos: 1 },
      mark: { type: 'markdown', pos: 2 },
      tab: { type: 'tab', pos: 3 },
      section: { type: 'section', pos: 3 },
      number: { type: 'number', pos: 4 },
      time: { type: 'datetime', pos: 5 },
      yes: { type: 'boolean', pos: 6 },
      own: { type: 'option', options, pos: 7 },
      'own-required': { type: 'option', options, required: true, pos: 8 },
      owns: { type: 'options', options, pos: 9 },
      color: { type: 'option', source: 'internal', datasource_slug: 'colors', pos: 10 },
      unknown_source: { type: 'option', source: 'internal', datasource_slug: 'gone', pos: 11 },
      language: { type: 'option', source: 'internal_languages', pos: 12 },
      external: { type: 'options', source: 'external', pos: 13 },
      image: { type: 'asset', required: true, pos: 14 },
      images: { type: 'multiasset', pos: 15 },
      link: { type: 'multilink', pos: 16 },
      links: { type: 'multilink', email_link_type: true, asset_link_type: true, pos: 17 },
      table: { type: 'table', pos: 18 },
      plugin: { type: 'custom', field_type: 'seo', pos: 19 },
    }
    const colors = [{ name: 'Colors', slug: 'colors', entries: [{ value: 'red' }, { value: 'blue' }] }]
    expect(fieldsOf(schema, [], colors)).toMatchInlineSnapshot(`
      "/**
         * Two lines
         * and a *\\/ in them
         */
        text: string
        area?: string | null
        mark?: string | null
        number?: string | null
        time?: string | null
        yes?: boolean | null
        own?: 'a' | 'b\\'c' | '' | null
        'own-required': 'a' | 'b\\'c'
        owns?: ('a' | 'b\\'c')[] | null
        color?: 'red' | 'blue' | '' | null
        unknown_source?: string | null
        language?: string | null
        external?: string[] | null
        image: keyblok.Asset
        images?: keyblok.Asset[] | null
        link?: keyblok.Multilink<'story' | 'url'> | null
        links?: keyblok.Multilink | null
        table?: keyblok.Table | null
        plugin?: keyblok.Plugin<'seo'> | null"
    `)
  })

  it('name the bloks that a field takes, by component, folder and tag', () => {
    const others = [
      component('hero', {}, { component_group_uuid: 'g' }),
      component('quote', {}, { internal_tag_ids: ['7'] }),
      component('page', {}, root),
    ]
    const schema = {
      any: { type: 'bloks', pos: 0 },
      named: { type: 'bloks', restrict_components: true, component_whitelist: ['quote', 'hero', 'gone'], pos: 1 },
      group: {
        type: 'bloks',
        restrict_components: true,
        restrict_type: 'groups',
        component_group_whitelist: ['g'],
        pos: 2,
      },
      tag: { type: 'bloks', restrict_components: true, restrict_type: 'tags', component_tag_whitelist: [7], pos: 3 },
      none: { type: 'bloks', restrict_components: true, component_whitelist: ['gone'], pos: 4 },
      open: { type: 'bloks', restrict_components: true, component_whitelist: [], pos: 5 },
      denied: { type: 'bloks', component_denylist: ['hero', 'box'], pos: 6 },
      text: { type: 'richtext', restrict_components: true, component_whitelist: ['hero'], pos: 7 },
    }
    expect(fieldsOf(schema, others)).toMatchInlineSnapshot(`
      "any?: AnyBlok[] | null
        named?: (Hero | Quote)[] | null
        group?: Hero[] | null
        tag?: Quote[] | null
        none?: never[] | null
        open?: (Box | Hero | Quote)[] | null
        denied?: Quote[] | null
        text?: keyblok.RichText<Hero> | null"
    `)
  })

  it('carry relations through whatever holds them, and nothing else', () => {
    const components = [
      component(
        'post',
        { author: { type: 'option', source: 'internal_stories', filter_content_type: ['author'] } },
        root,
      ),
      component('author', { name: { type: 'text' } }, root),
      component('list', { posts: { type: 'options', source: 'internal_stories', filter_content_type: 'post' } }),
      component('box', { inner: { type: 'bloks', restrict_components: true, component_whitelist: ['list'] } }),
      component('line', { id: { type: 'option', source: 'internal_stories', use_uuid: false } }),
    ]
    expect(write({ components })).toMatchInlineSnapshot(`
      "// Written by \`keyblok types\`. Edits are overwritten.
      /* eslint-disable */
      /* oxlint-disable */

      import type * as keyblok from '@keyblok/astro/stories'

      /** Every relation of the space, as it arrives unasked: a UUID. */
      export interface Unresolved {
        'list.posts': string
        'post.author': string
      }

      export interface Author extends keyblok.Blok<'author'> {
        name?: string | null
      }

      export interface Box<out R extends Unresolved = Unresolved> extends keyblok.Blok<'box'> {
        inner?: List<R>[] | null
      }

      export interface Line extends keyblok.Blok<'line'> {
        id?: string | null
      }

      export interface List<out R extends Unresolved = Unresolved> extends keyblok.Blok<'list'> {
        posts?: (keyblok.Story<Post<R>> | R['list.posts'])[]
      }

      export interface Post<out R extends Unresolved = Unresolved> extends keyblok.Blok<'post'> {
        author?: keyblok.Story<Author> | null | R['post.author']
      }

      /** The bloks that can stand where a field allows any. */
      export type AnyBlok<R extends Unresolved = Unresolved> = Box<R> | Line | List<R>

      export interface Bloks<out R extends Unresolved = Unresolved> {
        author: Author
        box: Box<R>
        line: Line
        list: List<R>
        post: Post<R>
      }

      declare module '@keyblok/astro/stories' {
        interface Spaces<R> {
          default: {
            bloks: Bloks<R & Unresolved>
            contentTypes: 'author' | 'post'
            relations: Unresolved
          }
        }
      }
      "
    `)
  })

  it('give each component a name of its own', () => {
    const names = ['my_hero', 'my-hero', '3d-model', 'any_blok', 'überschrift', '!']
    const text = write({ components: names.map((name) => component(name, {})) })
    const types = [...text.matchAll(/^export interface (\p{L}[\p{L}\p{N}]*) extends keyblok.Blok<('.*')>/gmu)]
    expect(Object.fromEntries(types.map(([, type, name]) => [name, type]))).toMatchInlineSnapshot(`
      {
        "'!'": "Blok",
        "'3d-model'": "Blok3dModel",
        "'any_blok'": "AnyBlok2",
        "'my-hero'": "MyHero",
        "'my_hero'": "MyHero2",
        "'überschrift'": "Überschrift",
      }
    `)
  })

  it('are the same text however the schema is ordered', () => {
    const components = ['a', 'b', 'c'].map((name) => component(name, { x: { type: 'text' }, y: { type: 'number' } }))
    const turned = components
      .toReversed()
      .map((item) => ({ ...item, schema: { y: { type: 'number' }, x: { type: 'text' } } }))
    expect(write({ components: turned })).toBe(write({ components }))
  })

  it('of an empty space are valid', () => {
    expect(write({ components: [], datasources: [] })).toMatchInlineSnapshot(`
      "// Written by \`keyblok types\`. Edits are overwritten.
      /* eslint-disable */
      /* oxlint-disable */

      import type * as keyblok from '@keyblok/astro/stories'

      /** Every relation of the space, as it arrives unasked: a UUID. */
      export interface Unresolved {}

      /** The bloks that can stand where a field allows any. */
      export type AnyBlok = never

      export interface Bloks {}

      declare module '@keyblok/astro/stories' {
        interface Spaces<R> {
          default: {
            bloks: Bloks
            contentTypes: never
            relations: Unresolved
            datasources: {}
          }
        }
      }
      "
    `)
  })
})

describe('a schema', () => {
  it('is refused with every problem at once', () => {
    const read = () =>
      readSchema({
        components: [{ name: 'a', schema: {} }, { name: 'a', schema: {} }, { schema: {} }],
        datasources: {},
      })
    expect(read).toThrowErrorMatchingInlineSnapshot(`
      [KeyblokError: [keyblok] The space’s schema cannot be read (KB_SCHEMA_INVALID).
        - components[2]: expected a “name” and a “schema”
        - two components are called “a”
        - datasources: expected a list of objects]
    `)
  })

  it('can be written in code', () => {
    const blocks = [
      {
        name: 'box',
        is_nestable: true,
        fields: [{ name: 'in', type: 'bloks', allow: ['hero', { folder: 'Text' }], deny: ['quote'] }],
      },
      {
        name: 'hero',
        is_nestable: true,
        fields: [{ name: 'color', type: 'option', source: 'internal', datasource: 'colors' }],
      },
      { name: 'quote', is_nestable: true, folder: 'text/short', fields: [] },
      { name: 'text', is_nestable: true, folder: 'Text', fields: [] },
    ]
    const schema = { blocks: { ...blocks }, datasources: [{ slug: 'colors', entries: [{ value: 'red' }] }] }
    const text = write(readCodeSchema({ schema }))
    expect(text).toContain('in?: (Hero | Text)[] | null')
    expect(text).toContain("color?: 'red' | '' | null")
    expect(() => readCodeSchema({ other: 1 })).toThrow(KeyblokError)
  })

  it('comes from a local space’s Management API, for its personal access token only', async () => {
    const space = createLocalSpace({
      content: new URL('../../../../playgrounds/content/space', import.meta.url).pathname,
    })
    const fetch = (url: string, init?: RequestInit) => space.fetch(new Request(url, init))
    const fetchWith = (token: string) =>
      fetchSchema(
        new Management({ url: 'http://space.test', fetch, token: new Secret(token, 'personal') }),
        String(space.id),
      )
    const source = await fetchWith(space.tokens.personal)
    expect(write(source)).toContain("author?: keyblok.Story<Author> | null | R['article.author']")
    const refused = fetchWith(space.tokens.preview)
    await expect(refused).rejects.toMatchObject({ code: 'KB_TOKEN_REFUSED', status: 401 })
    await expect(refused).rejects.not.toThrow(space.tokens.preview)
  })

  it('is read to its last page', async () => {
    const entry = (number: number) => ({ value: `v${number}` })
    const entries = Array.from({ length: 2500 }, (_, number) => entry(number))
    const asked: string[] = []
    const fetch = async (url: string) => {
      const { pathname, searchParams } = new URL(url)
      const name = pathname.split('/').at(-1)!
      asked.push(name)
      const items = { components: [], datasources: [{ id: 1, slug: 'many' }], datasource_entries: entries }[name] ?? []
      const size = Number(searchParams.get('per_page') ?? items.length)
      const first = (Number(searchParams.get('page') ?? 1) - 1) * size
      const headers = { total: String(items.length) }
      return Response.json({ [name]: items.slice(first, first + size) }, { headers })
    }
    const options = { url: 'http://space.test', token: new Secret('sb_pat_fake', 'personal'), fetch }
    const schema = readSchema(await fetchSchema(new Management(options), '1'))
    expect(schema.datasources?.get('many')).toHaveLength(2500)
    expect(asked).toEqual(['components', 'datasources', ...Array<string>(3).fill('datasource_entries')])
  })
})
