/** The story, by a request of its own: the package has nothing for servers. */
export const load = async ({ params: { slug } }) => {
  const query = new URLSearchParams({ version: 'draft', token: process.env.STORYBLOK_PREVIEW_TOKEN })
  const response = await fetch(`${process.env.STORYBLOK_API_URL}/v2/cdn/stories/${slug}?${query}`)
  const { story } = await response.json()
  return { story }
}
