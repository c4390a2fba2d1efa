import { storyblok } from '@storyblok/astro'
import { configOf } from '../shared/config.js'

const best = process.env.BENCH_WAY === 'best'

export default configOf(
  storyblok({
    accessToken: process.env.STORYBLOK_PREVIEW_TOKEN,
    apiOptions: {
      endpoint: `${process.env.STORYBLOK_API_URL}/v2`,
      cache: { type: 'memory', clear: 'auto' },
      // Its own limits would be what is measured.
      ...(best && { rateLimit: 100_000 }),
    },
    // It puts the editor's script on every page otherwise.
    bridge: !best,
  }),
)
