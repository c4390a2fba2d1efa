import { error } from '@sveltejs/kit'
import { isBest, readAll, readSlugs, readStory } from '#lib/api.server.js'

export const prerender = process.env.BENCH_ON_DEMAND !== '1'
const isListed = isBest && prerender

export const entries = async () => {
  if (!prerender) return []
  const slugs = isListed ? [...(await readAll()).keys()] : await readSlugs()
  return slugs.map((slug) => ({ slug }))
}

export const load = async ({ params: { slug } }) => {
  const story = isListed ? (await readAll()).get(slug) : await readStory(slug)
  if (!story) error(404, 'Not found')
  return { story }
}
