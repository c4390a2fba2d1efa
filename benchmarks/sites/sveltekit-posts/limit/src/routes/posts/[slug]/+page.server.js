import { error } from '@sveltejs/kit'
import { postsBySlug } from '#lib/posts.server.js'

export const prerender = process.env.BENCH_ON_DEMAND !== '1'
export const entries = () => [...postsBySlug.keys()].map((slug) => ({ slug }))
export const load = ({ params }) => {
  const post = postsBySlug.get(params.slug)
  if (!post) error(404, 'Not found')
  return { post }
}
