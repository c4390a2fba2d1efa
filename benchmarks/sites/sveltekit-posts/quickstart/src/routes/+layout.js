import { apiPlugin, storyblokInit, useStoryblokApi } from '@storyblok/svelte'
import Post from '#lib/Post.svelte'
import Text from '#lib/Text.svelte'

// As Storyblok's quickstart has it, which reads stories in browsers too, with a token that they get.
export async function load() {
  storyblokInit({
    accessToken: import.meta.env.VITE_STORYBLOK_DELIVERY_API_TOKEN,
    apiOptions: { endpoint: `${import.meta.env.VITE_STORYBLOK_API_URL}/v2` },
    use: [apiPlugin],
    components: { post: Post, text: Text },
  })
  return { storyblokAPI: await useStoryblokApi() }
}
