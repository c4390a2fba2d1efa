import { render, screen } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import Blok from './Blok.svelte'
import Bloks from './Bloks.svelte'
import { init } from './init.js'

const teaser = (uid: string, headline: string) => ({ _uid: uid, component: 'teaser', headline })
const mark = '<!--#storyblok#{"name":"teaser","space":"1","uid":"a","id":"5"}-->'

describe('Blok', () => {
  it('shows a blok by its component', () => {
    render(Blok, { blok: teaser('1', 'Hello') })
    expect(screen.getByRole('heading').textContent).toBe('Hello')
  })

  it('marks bloks of drafts for the Visual Editor', () => {
    render(Blok, { blok: { ...teaser('a', 'Hello'), _editable: mark } })
    expect(screen.getByRole('heading').dataset['blokUid']).toBe('5-a')
  })

  it('shows an unknown blok to editors, whose drafts carry marks', () => {
    render(Blok, { blok: { component: 'map', _editable: mark } })
    const notice = screen.getByText(/No component is mapped to the blok “map”/)
    expect(notice.closest('fieldset')?.dataset['keyblokMissing']).toBe('map')
  })

  it.each([{ component: 'map' }, { component: 'hidden' }, null, undefined, 'words', { component: 'toString' }])(
    'shows visitors nothing of %j',
    (blok) => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
      const { container } = render(Blok, { blok: blok as never })
      expect(container.textContent).toBe('')
      warn.mockRestore()
    },
  )

  it('gives a component what the blok’s function gave', () => {
    render(Blok, { blok: { component: 'latest', _data: { data: ['One', 'Two'] } } })
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['One', 'Two'])
  })

  it('leaves out a blok whose function failed, and tells editors', () => {
    const { container } = render(Blok, { blok: { component: 'latest', _data: { failed: '' } } })
    expect(container.textContent).toBe('')
    render(Blok, { blok: { component: 'latest', _data: { failed: 'It could not be read.' } } })
    expect(screen.getByText('It could not be read.')).toBeTruthy()
  })

  it('shows a component that is imported late when it is there', async () => {
    render(Blok, { blok: { component: 'quote', text: 'Later' } as never })
    expect(screen.queryByText('Later')).toBeNull()
    expect(await screen.findByText('Later')).toBeTruthy()
  })

  it('loads what the page shows before it is taken over', async () => {
    document.body.innerHTML = '<!--blok:quote--><!--blok:no such--><!--other-->'
    await init()
    render(Blok, { blok: { component: 'quote', text: 'At once' } as never })
    expect(screen.getByText('At once')).toBeTruthy()
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

  it('shows bloks that have the same `_uid`, or none', () => {
    const bloks = [teaser('1', 'One'), teaser('1', 'Two'), { component: 'teaser', headline: 'Three' } as never]
    render(Bloks, { bloks })
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['One', 'Two', 'Three'])
  })

  it.each([undefined, null, [], 'words', {}])('shows nothing for %j', (bloks) => {
    const { container } = render(Bloks, { bloks: bloks as never })
    expect(container.textContent).toBe('')
  })
})
