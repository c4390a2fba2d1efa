import { fakeBlok, renderBlok } from '@keyblok/astro/testing'
import { expect, it } from 'vitest'
import Grid from './Grid.astro'
import Teaser from './Teaser.astro'

it('links its headline', async () => {
  const link = { linktype: 'url', id: '', url: 'https://example.com', cached_url: 'https://example.com' } as const
  const html = await renderBlok(Teaser, { blok: fakeBlok('teaser', { headline: 'Slow rock', link }) })
  expect(html).toContain('<h3><a href="https://example.com">Slow rock</a></h3>')
})

it('stands in a grid, by the map of components', async () => {
  const columns = [fakeBlok('teaser', { headline: 'One' }), fakeBlok('teaser', { headline: 'Two' })]
  const html = await renderBlok(Grid, { blok: fakeBlok('grid', { columns }) })
  expect(html.match(/<h3>(One|Two)<\/h3>/g)).toEqual(['<h3>One</h3>', '<h3>Two</h3>'])
})
