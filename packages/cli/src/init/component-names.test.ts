import { expect, it } from 'vitest'
import { componentNames } from './component-names.js'

it('names components as files can be called, and no two the same', () => {
  const names = componentNames(['hero', 'hero_teaser', 'heroTeaser', 'hero-Teaser', '2col', 'émile', '***'])
  expect([...names.values()]).toEqual(['Hero', 'HeroTeaser', 'HeroTeaser2', 'HeroTeaser3', 'Blok2col', 'Mile', 'Blok'])
})
