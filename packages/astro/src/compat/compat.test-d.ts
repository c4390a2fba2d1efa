import { storyblokEditable, useStoryblokApi, useStoryblokBridge } from '@keyblok/astro/compat'
import type { ISbStoryData, SbBlokData } from '@keyblok/astro/compat'
import { describe, expectTypeOf, it } from 'vitest'

interface Page extends SbBlokData {
  title: string
}

describe('the client', () => {
  it('gives stories in the shape of Storyblok’s own', async () => {
    const { data, total } = await useStoryblokApi().getStories({ starts_with: 'blog/', per_page: 10 })
    expectTypeOf(data.stories).toEqualTypeOf<ISbStoryData[]>()
    expectTypeOf(total).toBeNumber()
  })

  it('knows its parameters', () => {
    // @ts-expect-error -- Storyblok's own types have it, and its API has not
    void useStoryblokApi().get('cdn/stories', { contain_component: 'hero' })
  })
})

describe('the rest', () => {
  it('takes what Storyblok’s own takes', () => {
    expectTypeOf(storyblokEditable({ component: 'page' })).toHaveProperty('data-blok-uid')
    useStoryblokBridge<Page>(5, (story) => expectTypeOf(story.content.title).toBeString())
  })
})
