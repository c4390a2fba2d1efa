import { defineBlokData } from '@keyblok/astro/stories'
import { rockNames } from './rock-names'

const blokData = defineBlokData({
  // What the kinds of rock are called, which editors keep in a datasource.
  guide: ({ storyblok }) => rockNames(storyblok, storyblok.language),
})

export default blokData

declare module '@keyblok/astro/stories' {
  interface Register {
    blokData: typeof blokData
  }
}
