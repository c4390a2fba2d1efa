import { navigation } from '@keyblok/playground-content'
import { space } from '#lib/storyblok/stories.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals: { storyblok } }) => ({
  navigation: navigation(await storyblok.links(space)),
  draft: storyblok.version === 'draft' ? storyblok.reason.replace('Draft: ', '') : null,
})
