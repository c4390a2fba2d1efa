import { render, screen } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import Blok from './Blok.svelte'
import Bloks from './Bloks.svelte'

const teaser = (uid: string, headline: string) => ({ _uid: uid, component: 'teaser', headline })

describe('Blok', () => {
  it('shows a blok by its component', () => {
    render(Blok, { blok: teaser('1', 'Hello') })
    expect(screen.getByRole('heading').textContent).toBe('Hello')
  })

  it('shows an unknown blok to editors, whose drafts carry marks', () => {
    render(Blok, { blok: { component: 'map', _editable: '<!--#storyblok#{}-->' } })
    expect(screen.getByText(/No component is mapped to the blok “map”/).dataset['keyblokMissing']).toBe('map')
  })

  it('shows visitors nothing of an unknown blok', () => {
    const { container } = render(Blok, { blok: { component: 'map' } })
    expect(container.textContent).toBe('')
  })
})

describe('Bloks', () => {
  it('shows bloks in their order', () => {
    render(Bloks, { bloks: [teaser('1', 'One'), teaser('2', 'Two')] })
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['One', 'Two'])
  })

  it('keeps what stays when bloks move', async () => {
    const [one, two] = [teaser('1', 'One'), teaser('2', 'Two')]
    const { rerender } = render(Bloks, { bloks: [one, two] })
    const before = screen.getByText('Two')
    await rerender({ bloks: [two, one] })
    expect(screen.getByText('Two')).toBe(before)
  })

  it('shows nothing for an empty field', () => {
    const { container } = render(Bloks, { bloks: undefined })
    expect(container.textContent).toBe('')
  })
})
