import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../tokens/secret.js'
import { createEmptySpace, createSpace, fetchFrom, environment } from '../test-support.js'
import { Site } from '../site.js'
import { defineSpace } from '../stories/space.js'
import { defineStories } from '../stories/source.js'
import { contentValidators } from './content-validators.js'
import { Management } from '../management/management.js'
import { fetchSchema } from './fetch-schema.js'
import { readSchema } from './read-schema.js'

const options = [{ value: 'low' }, { value: 'high' }]
const pick = (component: string) => ({ restrict_components: true, component_whitelist: [component] })
const components = [
  {
    name: 'post',
    is_root: true,
    schema: {
      title: { type: 'text', required: true },
      price: { type: 'number' },
      on: { type: 'datetime' },
      open: { type: 'boolean' },
      level: { type: 'option', options },
      levels: { type: 'options', options },
      image: { type: 'asset' },
      images: { type: 'multiasset' },
      link: { type: 'multilink' },
      rows: { type: 'table' },
      next: { type: 'option', source: 'internal_stories', filter_content_type: ['post'] },
      all: { type: 'options', source: 'internal_stories' },
      text: { type: 'richtext', ...pick('box') },
      body: { type: 'bloks', ...pick('box') },
      map: { type: 'custom', field_type: 'map' },
    },
  },
  {
    name: 'box',
    is_nestable: true,
    schema: { label: { type: 'text', required: true }, inner: { type: 'bloks', ...pick('box') } },
  },
]
const validator = contentValidators(readSchema({ components }))['post']!['~standard']
const issuesOf = (content: unknown) => {
  const result = validator.validate(content)
  if (result instanceof Promise) throw new TypeError('Validation is synchronous.')
  return (result.issues ?? []).map(({ path = [], message }) => `${path.join('.')}: ${message}`)
}

/** Content as an editor could fill it in: any field may be left out, emptied or cleared. */
const word = fc.string({ minLength: 1 })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const box = fc.letrec<{ box: object }>((tie) => ({
  box: fc.record(
    {
      component: fc.constant('box'),
      _uid: fc.uuid(),
      label: word,
      inner: fc.array(tie('box'), { maxLength: 2, depthIdentifier: 'box' }),
    },
    { requiredKeys: ['component', '_uid', 'label'] },
  ),
})).box
const asset = fc.record({ id: fc.constant(null), filename: fc.oneof(fc.constant(null), fc.constant(''), fc.webUrl()) })
const node = fc.oneof(
  fc.record({ type: fc.constant('text'), text: word }),
  fc.record({ type: fc.constant('blok'), attrs: fc.record({ id: fc.uuid(), body: fc.array(box, { maxLength: 2 }) }) }),
)
const post = fc.record(
  {
    component: fc.constant('post'),
    _uid: fc.uuid(),
    title: word,
    price: optional(fc.oneof(fc.constant(''), fc.integer().map(String))),
    on: optional(fc.constantFrom('2026-01-31 08:00', '2026-01-31', '')),
    open: optional(fc.boolean()),
    level: optional(fc.constantFrom('low', 'high', '')),
    levels: optional(fc.subarray(['low', 'high'])),
    image: optional(asset),
    images: optional(fc.array(asset, { maxLength: 2 })),
    link: optional(
      fc.record({
        linktype: fc.constantFrom('url', 'story'),
        id: fc.constant(''),
        url: fc.constant(''),
        cached_url: fc.constant(''),
      }),
    ),
    rows: optional(fc.constant({ thead: [], tbody: [] })),
    next: optional(fc.uuid()),
    all: optional(fc.array(fc.uuid(), { maxLength: 2 })),
    text: optional(
      fc.record({
        type: fc.constant('doc'),
        content: fc.array(fc.record({ type: fc.constant('paragraph'), content: fc.array(node, { maxLength: 3 }) }), {
          maxLength: 2,
        }),
      }),
    ),
    body: optional(fc.array(box, { maxLength: 3 })),
    map: fc.jsonValue(),
  },
  { requiredKeys: ['component', '_uid', 'title'] },
)

describe('a validator', () => {
  it('accepts whatever a space serves of its schema', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(post, { minLength: 1, maxLength: 5 }), async (contents) => {
        const local = createEmptySpace()
        local.addStories(contents.map((content, index) => ({ fullSlug: `s${index}`, content: content as never })))
        const env: Record<string, string> = { ...environment, NODE_ENV: 'test' }
        const site = new Site({ env: (name) => env[name], dev: false, fetch: fetchFrom(local).fetch })
        const stories = await site.visit({ local: false }).all(defineStories(defineSpace()))
        expect(stories).toHaveLength(contents.length)
        for (const story of stories) expect(issuesOf(story.content)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it.each<[string, unknown, string]>([
    ['title', undefined, 'title: The field is required, and empty.'],
    ['title', 5, 'title: Expected a text, received 5.'],
    ['price', 'dear', 'price: Expected a number as text, received "dear".'],
    ['price', 5, 'price: Expected a number as text, received 5.'],
    ['on', 'tomorrow', 'on: Expected a time such as 2026-01-31 08:00, received "tomorrow".'],
    ['open', 'true', 'open: Expected true or false, received "true".'],
    ['level', 'mid', 'level: Expected one of: low, high, received "mid".'],
    ['levels', ['low', 'mid'], 'levels.1: Expected one of: low, high, received "mid".'],
    ['levels', 'low', 'levels: Expected a list, received "low".'],
    ['image', 'a.png', 'image: Expected an asset, received "a.png".'],
    ['link', { linktype: 'email' }, 'link: Expected a link of type: story, url, received {"linktype":"email"}.'],
    ['rows', [], 'rows: Expected a table, received [].'],
    [
      'next',
      { content: { component: 'box' } },
      'next: Expected a story of type: post, received {"content":{"component":"box"}}.',
    ],
    ['text', '<p>', 'text: Expected a rich text, received "<p>".'],
    ['body', [{ component: 'post', _uid: '1' }], 'body.0.component: Expected a component of: box, received "post".'],
    ['_uid', undefined, '_uid: Expected a text, received nothing.'],
    ['component', 'page', 'component: Expected a component of: post, received "page".'],
  ])('rejects a wrong %s at its path', (field, value, issue) => {
    const valid = { component: 'post', _uid: '1', title: 'A' }
    expect(issuesOf(valid)).toEqual([])
    expect(issuesOf({ ...valid, [field]: value })).toEqual([issue])
  })

  it('finds a mutation at any depth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), (depth) => {
        let blok: object = { component: 'box', _uid: 'x' }
        for (let level = 0; level < depth; level++) blok = { component: 'box', _uid: 'x', label: 'l', inner: [blok] }
        const path = `body.0.${'inner.0.'.repeat(depth)}label`
        const content = { component: 'post', _uid: '1', title: 'A', body: [blok] }
        expect(issuesOf(content)).toEqual([`${path}: The field is required, and empty.`])
      }),
    )
  })

  it('ends where content is nested too deeply', () => {
    let blok: object = { component: 'box', _uid: 'x', label: 'l' }
    for (let level = 0; level < 100_000; level++) blok = { component: 'box', _uid: 'x', label: 'l', inner: [blok] }
    expect(issuesOf({ component: 'post', _uid: '1', title: 'A', body: [blok] })).toEqual([
      ': The content is nested too deeply to follow.',
    ])
  })

  it('knows a related story as well as its UUID', () => {
    expect(
      issuesOf({ component: 'post', _uid: '1', title: 'A', next: { uuid: 'u', content: { component: 'post' } } }),
    ).toEqual([])
  })

  it('accepts the demo space’s own content', async () => {
    const local = createSpace()
    const management = new Management({
      url: 'http://space.test',
      token: new Secret(local.tokens.personal, 'personal'),
      fetch: (url, init) => local.fetch(new Request(url, init)),
    })
    const source = await fetchSchema(management, String(local.id))
    const validators = contentValidators(readSchema(source))
    const env: Record<string, string> = { ...environment, NODE_ENV: 'test' }
    const site = new Site({ env: (name) => env[name], dev: false, fetch: fetchFrom(local).fetch })
    const stories = await site.visit({ local: false }).all(defineStories(defineSpace()))
    expect(stories.length).toBeGreaterThan(20)
    for (const { content } of stories) {
      expect(await validators[content.component]!['~standard'].validate(content)).toEqual({ value: content })
    }
  })
})
