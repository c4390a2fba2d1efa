import { storyblokHandle } from '@keyblok/sveltekit/server'
import { sequence } from '@sveltejs/kit/hooks'

export const handle = sequence(storyblokHandle({ language: ({ params }) => params.lang }), ({ event, resolve }) =>
  resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', event.params.lang ?? 'en') }),
)
