import { render, screen } from '@testing-library/svelte'
import { beforeAll, expect, it, vi } from 'vitest'
import Shown from '../../test/fixtures/Shown.svelte'
import { loadShare } from './use-story.svelte.js'

// A page that changes for the first time loads it.
beforeAll(() => loadShare())

const counter = (uid: string, label: string) => ({ _uid: uid, component: 'counter', label })
const storyOf = (id: number, ...body: ReturnType<typeof counter>[]) => ({ id, content: { body } })

it('shows what changed, and keeps the state of everything else', async () => {
  const onshow = vi.fn<(story: object | undefined) => void>()
  const { rerender } = render(Shown, { story: storyOf(1, counter('a', 'A'), counter('b', 'B')), onshow })
  await screen.getByText('B 0').click()
  await rerender({ story: storyOf(1, counter('new', 'New'), counter('b', 'B'), counter('a', 'Changed')) })
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['New 0', 'B 1', 'Changed 0'])
  const [before, after] = onshow.mock.calls.map(([story]) => story as ReturnType<typeof storyOf>)
  expect(after?.content.body[1]).toBe(before?.content.body[1])
})

it('shows nothing anew when nothing changed', async () => {
  const onshow = vi.fn<(story: object | undefined) => void>()
  const { rerender } = render(Shown, { story: storyOf(1, counter('a', 'A')), onshow })
  await rerender({ story: storyOf(1, counter('a', 'A')) })
  expect(onshow).toHaveBeenCalledTimes(1)
})

it('shows nothing where there is no story', async () => {
  const { rerender } = render(Shown, { story: undefined, onshow: vi.fn<(story: object | undefined) => void>() })
  expect(screen.queryByRole('button')).toBeNull()
  await rerender({ story: storyOf(1, counter('a', 'A')) })
  expect(screen.getByRole('button').textContent).toBe('A 0')
})

it('takes nothing of another story', async () => {
  const onshow = vi.fn<(story: object | undefined) => void>()
  const { rerender } = render(Shown, { story: storyOf(1, counter('a', 'A')), onshow })
  await rerender({ story: storyOf(2, counter('a', 'A')) })
  const [first, second] = onshow.mock.calls.map(([story]) => story as ReturnType<typeof storyOf>)
  expect(second?.content.body[0]).not.toBe(first?.content.body[0])
})
