import { navigation } from '@keyblok/playground-content'
import { space } from '#lib/storyblok/stories.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals: { storyblok }, params, url }) => ({
  // Whether it is a draft depends on the page, so this runs again for each.
  path: url.pathname,
  navigation: navigation(await storyblok.links(space), params.lang),
  draft: storyblok.version === 'draft' ? storyblok.reason.replace('Draft: ', '') : null,
})
