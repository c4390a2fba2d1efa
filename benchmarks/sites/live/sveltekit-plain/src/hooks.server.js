import { storyblokHandle } from '@keyblok/sveltekit/server'

export const handle = storyblokHandle()
