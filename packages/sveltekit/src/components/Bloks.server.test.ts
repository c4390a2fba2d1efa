import { render } from 'svelte/server'
import { expect, it } from 'vitest'
import Bloks from './Bloks.svelte'

it('renders bloks on the server', () => {
  const bloks = [{ _uid: '1', component: 'teaser', headline: 'Hello' }]
  expect(render(Bloks, { props: { bloks } }).body).toContain('<h2>Hello</h2>')
})
