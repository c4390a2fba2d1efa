import { describe, expect, it } from 'vitest'
import type { LocalSpace } from '../local-space.js'
import { ask, askPublished, createSpaceOf } from '../test-support.js'

const groupId = '00000000-0000-4000-a000-000000000001'

const createTranslatedSpace = (): LocalSpace =>
  createSpaceOf(
    [
      {
        full_slug: 'about',
        group_id: groupId,
        translated_slugs: [{ path: 'ueber/uns', name: 'Über uns', lang: 'de', published: true }],
        content: {
          _uid: 'u',
          component: 'page',
          title: 'About',
          title__i18n__de: 'Über uns',
          title__i18n__pt_br: null,
          note: 'Note',
          note__i18n__fr: 'Remarque',
          body: [{ _uid: 'v', component: 'text', text: 'Hi', text__i18n__de: 'Hallo' }],
        },
      },
      { full_slug: 'de/about', slug: 'about', group_id: groupId },
    ],
    { 'space.json': { name: 'Many', languages: ['de', 'fr', 'pt-br'] } },
  )

describe('languages', () => {
  it('give fields their translation under the plain name, at any depth', async () => {
    const { story } = (await ask(createTranslatedSpace(), 'stories/about', { language: 'de' })).body
    expect(story.lang).toBe('de')
    expect([story.content.title, story.content.note, story.content.body[0].text]).toEqual(['Über uns', 'Note', 'Hallo'])
  })

  it('fall back to another language, then to the default', async () => {
    const query = { language: 'pt-br', fallback_lang: 'fr' }
    const { content, lang } = (await ask(createTranslatedSpace(), 'stories/about', query)).body.story
    expect([lang, content.title, content.note]).toEqual(['pt-br', 'About', 'Remarque'])
  })

  it.each(['', 'de', 'xx'])('never show the stored suffixes, as with %j', async (language) => {
    for (const read of [ask, askPublished]) {
      const answer = await read(createTranslatedSpace(), 'stories', { language })
      expect(JSON.stringify(answer.body)).not.toContain('__i18n__')
    }
  })

  it('that the space does not have are the default one', async () => {
    const { story } = (await ask(createTranslatedSpace(), 'stories/about', { language: 'xx' })).body
    expect([story.lang, story.content.title]).toEqual(['default', 'About'])
  })

  it('are tested by filters', async () => {
    const filter = { 'filter_query[title][in]': 'Über uns' }
    const space = createTranslatedSpace()
    expect((await ask(space, 'stories', filter)).body.stories).toHaveLength(0)
    expect((await ask(space, 'stories', { ...filter, language: 'de' })).body.stories).toHaveLength(1)
  })

  it('are listed by the space', async () => {
    expect((await ask(createTranslatedSpace(), 'spaces/me')).body.space.language_codes).toEqual(['de', 'fr', 'pt-br'])
  })
})

describe('translated slugs', () => {
  it('are delivered, and find the story in their language', async () => {
    const space = createTranslatedSpace()
    const { story } = (await ask(space, 'stories/ueber/uns', { language: 'de' })).body
    expect(story).toMatchObject({
      full_slug: 'about',
      default_full_slug: 'about',
      translated_slugs: [{ path: 'ueber/uns', name: 'Über uns', lang: 'de', published: true }],
    })
    expect((await ask(space, 'stories/ueber/uns')).status).toBe(404)
    expect((await ask(space, 'stories/ueber/uns', { language: 'fr' })).status).toBe(404)
    const other = (await ask(space, 'stories/de/about')).body.story
    expect([other.default_full_slug, other.translated_slugs]).toEqual([null, null])
  })

  it('are alternates of links', async () => {
    const links = Object.values<{ slug: string }>((await ask(createTranslatedSpace(), 'links')).body.links)
    expect(links.find(({ slug }) => slug === 'about')).toMatchObject({
      alternates: [{ path: 'ueber/uns', name: 'Über uns', lang: 'de', published: true, translated_slug: 'uns' }],
    })
  })
})

describe('alternates', () => {
  it('are the other stories of a group', async () => {
    const { story } = (await ask(createTranslatedSpace(), 'stories/about')).body
    expect(story.alternates).toEqual([
      { id: 2, name: 'Hello', slug: 'about', published: true, full_slug: 'de/about', is_folder: false, parent_id: 0 },
    ])
  })
})
