export async function load({ params, parent }) {
  const { storyblokAPI } = await parent()
  const { data } = await storyblokAPI.get(`cdn/stories/posts/${params.slug}`, { version: 'published' })
  return { story: data.story }
}
