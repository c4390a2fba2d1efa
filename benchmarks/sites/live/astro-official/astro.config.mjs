import node from '@astrojs/node'
import { storyblok } from '@storyblok/astro'

export default {
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  integrations: [
    storyblok({
      accessToken: process.env.STORYBLOK_PREVIEW_TOKEN,
      apiOptions: { endpoint: `${process.env.STORYBLOK_API_URL}/v2` },
      livePreview: true,
    }),
  ],
}
