import { readFileSync } from 'node:fs'

const stories = JSON.parse(readFileSync(process.env.BENCH_STORIES, 'utf8'))

/** All stories by their slugs, read once from a local file: no integration can be faster. */
export const storiesBySlug = new Map(stories.map((story) => [story.full_slug, story]))
