import { storyLoad } from '@keyblok/sveltekit/server'
import { archive } from '#lib/storyblok/stories.ts'

export const load = storyLoad(archive, ({ params }) => params.slug)
