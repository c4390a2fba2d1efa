import { storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { posts } from '#lib/storyblok/stories.js'

export const prerender = process.env.BENCH_ON_DEMAND !== '1'
export const entries = storyEntries(posts)
export const load = storyLoad(posts, ({ params }) => params.slug)
