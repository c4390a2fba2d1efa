import { readFileSync } from 'node:fs'

const posts = JSON.parse(readFileSync(process.env.BENCH_STORIES, 'utf8'))

/** All posts by their slugs, read once from a local file, with nothing that a page does not show: no integration can be faster. */
export const postsBySlug = new Map(posts.map(({ slug, post }) => [slug, post]))
