import { apiPlugin, storyblokInit, useStoryblokApi } from '@storyblok/svelte'
import { components } from './bloks.js'

export const isBest = process.env.BENCH_WAY === 'best'

storyblokInit({
  accessToken: process.env.STORYBLOK_PREVIEW_TOKEN,
  use: [apiPlugin],
  bridge: false,
  components,
  apiOptions: {
    endpoint: `${process.env.STORYBLOK_API_URL}/v2`,
    cache: { type: 'memory', clear: 'auto' },
    // Its own limits would be what is measured.
    ...(isBest && { rateLimit: 100_000 }),
  },
})

export const api = useStoryblokApi()

const version = process.env.BENCH_VERSION ?? 'published'
let stories

/** At its best, one list answers for all pages of a build. */
export async function readAll() {
  stories ??= api.getAll('cdn/stories', { version, per_page: 100 })
  return new Map((await stories).map((story) => [story.slug, story]))
}

/** As documented, a page asks for its story. */
export async function readStory(slug) {
  try {
    const { data } = await api.get(`cdn/stories/posts/${slug}`, { version })
    return data.story
  } catch (error) {
    if (error.status === 404) return undefined
    throw error
  }
}

export async function readSlugs() {
  const links = await api.getAll('cdn/links', { version, per_page: 1000 })
  return links.filter((link) => !link.is_folder).map(({ slug }) => slug.replace('posts/', ''))
}
