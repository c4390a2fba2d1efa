import { describe, expect, it } from 'vitest'
import { storiesArgument, storyArgument } from './arguments.js'

const read = (schema: typeof storyArgument | typeof storiesArgument, value: unknown) =>
  schema['~standard'].validate(value) as { value?: unknown; issues?: unknown }

const uuid = '00000000-0000-4000-8000-000000000001'

describe('a story', () => {
  it.each([
    [undefined, { key: undefined }],
    ['small-gear', { key: 'small-gear' }],
    [{}, { key: undefined }],
    [
      { slug: 'small-gear', language: 'de' },
      { key: 'small-gear', language: 'de' },
    ],
    [{ uuid }, { key: { uuid } }],
  ])('is asked for by %j', (value, asked) => {
    expect(read(storyArgument, value).value).toEqual({ language: undefined, ...asked })
  })

  it.each([
    null,
    5,
    [],
    ['small-gear'],
    'x'.repeat(2001),
    { slug: 5 },
    { slug: null },
    { uuid: 'x' },
    { uuid, slug: 'small-gear' },
    { slug: 'small-gear', version: 'draft' },
    { slug: 'small-gear', fromRelease: 1 },
    { language: ['de'] },
  ])('is not asked for by %j', (value) => {
    expect(read(storyArgument, value).issues).toBeDefined()
  })
})

describe('stories', () => {
  it.each([
    [undefined, {}],
    [
      { page: 2, perPage: 100, language: 'de' },
      { page: 2, perPage: 100, language: 'de' },
    ],
  ])('are asked for by %j', (value, asked) => {
    expect(read(storiesArgument, value).value).toEqual(asked)
  })

  it.each(['x', [], { page: 0 }, { page: 1.5 }, { page: '2' }, { perPage: 101 }, { sortBy: 'name:asc' }])(
    'are not asked for by %j',
    (value) => {
      expect(read(storiesArgument, value).issues).toBeDefined()
    },
  )
})
