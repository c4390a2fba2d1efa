import { describe, expect, it } from 'vitest'
import { ask, createFolder, createSpace, demoContent, storyFile } from '../test-support.js'
import { SpaceContentError } from './errors.js'
import { readContent } from './read-content.js'

const components = { 'components/7/components.json': [{ name: 'page', schema: {} }] }

/** Reads a folder to its end. */
function readWhole(folder: string) {
  const { stories, ...content } = readContent(folder)
  return { ...content, stories: [...stories] }
}

function problemsOf(files: Record<string, unknown>): string[] {
  try {
    readWhole(createFolder(files))
    return []
  } catch (error) {
    if (!(error instanceof SpaceContentError)) throw error
    return error.problems.map(({ file, field, message }) => [file, field, message].filter(Boolean).join(' | '))
  }
}

describe('readContent', () => {
  it('reads the demo content', () => {
    const { spaceId, name, stories, assets } = readWhole(demoContent)
    expect({ spaceId, name, stories: stories.length, assets: assets.length }).toEqual({
      spaceId: 100001,
      name: 'Chalkline',
      stories: 66,
      assets: 15,
    })
  })

  it('takes a pulled story for its draft, and for what is published unless a file says otherwise', async () => {
    const changed = storyFile({ full_slug: 'changed', content: { _uid: 'u', component: 'page', title: 'new' } })
    const was = storyFile({ full_slug: 'changed', content: { _uid: 'u', component: 'page', title: 'old' } })
    const content = createFolder({
      ...components,
      'stories/7/changed.json': changed,
      'stories/7/published/changed.json': was,
      'stories/7/same.json': storyFile({ id: 2, full_slug: 'same' }),
      'stories/7/draft.json': storyFile({ id: 3, full_slug: 'draft', published: false }),
    })
    const { stories } = readWhole(content)
    const bySlug = Object.fromEntries(stories.map((story) => [story.slug, story]))
    expect([bySlug['changed']?.draft?.['title'], bySlug['changed']?.published?.['title']]).toEqual(['new', 'old'])
    expect(bySlug['same']?.published).toEqual(bySlug['same']?.draft)
    expect(bySlug['draft']?.published).toBeNull()
    expect((await ask(createSpace({ content }), 'spaces/me')).body.space.id).toBe(7)
  })

  it('explains a folder that is not there, for people', () => {
    expect(() => readContent('/no/such/folder')).toThrowErrorMatchingInlineSnapshot(`
      [SpaceContentError: [keyblok] The content folder /no/such/folder cannot be read.
        - .: there is no such folder]
    `)
  })

  it('names every file and field that is wrong', () => {
    const problems = problemsOf({
      'components/7/components.json': [{ schema: {} }, 'hero', { name: 'hero', schema: [] }],
      'stories/7/broken.json': '{"id": 1,',
      'stories/7/empty.json': {},
      'stories/7/list.json': [],
      'stories/7/bloks.json': storyFile({
        id: 'x',
        created_at: 'yesterday',
        tag_list: 'a',
        published: 'yes',
        content: { _uid: 'u', component: 'page', body: [{ _uid: 'v' }] },
      }),
    })
    expect(problems).toMatchInlineSnapshot(`
      [
        "components/7/components.json | [0].name | expected the component’s name",
        "components/7/components.json | [1] | expected an object",
        "components/7/components.json | [2].schema | expected an object of fields",
        "stories/7/bloks.json | content.body[0].component | expected a non-empty string, received nothing",
        "stories/7/bloks.json | published | expected true or false, received "yes"",
        "stories/7/bloks.json | created_at | expected a time such as 2026-01-31T08:00:00.000Z, received "yesterday"",
        "stories/7/bloks.json | id | expected a whole number, received "x"",
        "stories/7/bloks.json | tag_list | expected an array of strings, received "a"",
        "stories/7/broken.json | it is not JSON: Expected double-quoted property name in JSON at position 9 (line 1 column 10)",
        "stories/7/empty.json | uuid | expected a non-empty string, received nothing",
        "stories/7/empty.json | content | expected an object, received nothing",
        "stories/7/empty.json | id | expected a whole number, received nothing",
        "stories/7/empty.json | name | expected a non-empty string, received nothing",
        "stories/7/empty.json | slug | expected a non-empty string, received nothing",
        "stories/7/empty.json | full_slug | expected a non-empty string, received nothing",
        "stories/7/list.json | expected a story",
      ]
    `)
  })

  it.each([
    [{ 'stories/7/a.json': storyFile() }, 'components | the folder is missing'],
    [
      { 'components/7/x.json': [], 'stories/7/a.json': storyFile() },
      'components/7/components.json | the file is missing',
    ],
    [
      { 'components/7/components.json': {}, 'stories/7/a.json': storyFile() },
      'components/7/components.json | expected an array',
    ],
    [components, 'stories | the folder is missing'],
    [{ ...components, 'stories/7/a.json': storyFile(), 'stories/8/a.json': storyFile() }, 'it holds 2 spaces (7, 8)'],
    [
      { ...components, 'stories/7/a.json': storyFile(), 'stories/7/b.json': storyFile() },
      'stories | full_slug | two files have "hello"',
    ],
    [{ ...components, 'stories/7/a.json': storyFile(), assets: 'a file' }, 'assets | the folder is missing'],
    [
      {
        ...components,
        'stories/7/a.json': storyFile(),
        'assets/7/a.png': '',
        'assets/7/a.json': { id: 1, filename: 'https://a.storyblok.com/f/7/a.png' },
        'assets/7/b.png': '',
        'assets/7/b.json': { id: 1, filename: 'https://a.storyblok.com/f/7/b.png' },
      },
      'assets | id | two files have 1',
    ],
    [
      {
        ...components,
        'stories/7/a.json': JSON.stringify(storyFile()).replace(
          '"page"',
          `"page","x":${'['.repeat(20000)}${']'.repeat(20000)}`,
        ),
      },
      'expected at most 900 levels',
    ],
    [{ ...components, 'stories/7/a.json': storyFile(), 'assets/7/a.png': '' }, 'assets/7/a.png | its .json'],
    [
      {
        ...components,
        'stories/7/a.json': storyFile(),
        'assets/7/a.png': '',
        'assets/7/a.json': { id: 1, filename: 'a' },
      },
      'assets/7/a.json | filename | expected the asset’s URL',
    ],
  ])('finds what is wrong, case %#', (files, problem) => {
    expect(problemsOf(files).join('\n')).toContain(problem)
  })
})
