import { join } from 'node:path'
import { defineSpace, defineStories } from '@keyblok/core'
import { render, screen } from '@testing-library/svelte'
import { describe, expect, test as base } from 'vitest'
import RichText from './components/RichText.svelte'
import { fakeBlok, fakeStory, localSpace } from './testing.js'

const content = join(import.meta.dirname, '../../../playgrounds/content/space')
const test = base.extend(localSpace({ content }))
const drafts = base.extend(localSpace({ content, version: 'draft' }))
const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
const pages = defineStories(defineSpace())

describe('the local space of a test', () => {
  test('gives stories as pages get them', async ({ loadStory }) => {
    const { content: article, href } = await loadStory(articles, 'the-quiet-season')
    expect(href).toBe('/articles/the-quiet-season')
    render(RichText, { doc: article['body'] as never })
    expect(screen.getByRole('link', { name: 'Fingers remember' }).getAttribute('href')).toBe(
      '/articles/fingers-remember',
    )
  })

  test('gives what is published, and what the test publishes', async ({ space, storyblok }) => {
    expect(await storyblok.story(pages, 'membership')).toBeNull()
    space.publish('membership')
    expect(await storyblok.story(pages, 'membership')).toMatchObject({ slug: 'membership' })
  })

  test('is another one for each test', async ({ storyblok }) => {
    expect(await storyblok.story(pages, 'membership')).toBeNull()
  })

  test('says that it has no such story', async ({ loadStory }) => {
    await expect(loadStory(articles, 'no-such')).rejects.toThrow('no such story: articles/no-such')
  })

  drafts('gives drafts where tests ask for them', async ({ loadStory }) => {
    expect((await loadStory(pages, 'membership')).content._editable).toMatch(/^<!--#storyblok#/)
  })
})

describe('a made-up blok', () => {
  base('is as a page gets it', () => {
    const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }] }
    render(RichText, { doc: fakeBlok('text', { body })['body'] as never })
    expect(screen.getByText('Hello')).toBeTruthy()
  })

  base('stands in a story that has what pages get', () => {
    const story = fakeStory('article', { title: 'Hello' }, { href: '/articles/hello' })
    expect([story.href, story.content['title'], 'position' in story]).toEqual(['/articles/hello', 'Hello', false])
  })
})
