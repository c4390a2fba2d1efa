import { afterEach, describe, expect, it, vi } from 'vitest'
import { findComponent } from './find-component.js'

const map = { hero: 'Hero', hidden: null }
const mark = { _editable: '<!--#storyblok#{}-->' }
const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
afterEach(() => warn.mockClear())

describe('a blok', () => {
  it('is shown by the component of its name', () => {
    expect(findComponent(map, { component: 'hero' })).toEqual({ entry: 'Hero' })
  })

  it('is not shown where the map says so, to editors neither', () => {
    expect(findComponent(map, { component: 'hidden', ...mark })).toEqual({})
    expect(warn).not.toHaveBeenCalled()
  })

  it('that has no component is told to editors', () => {
    const { notice } = findComponent(map, { component: 'map', ...mark })
    expect(notice).toBe('No component is mapped to the blok “map”.')
    expect(warn).not.toHaveBeenCalled()
  })

  it('that has no component is told to the log once, however often it is shown', () => {
    for (let visit = 0; visit < 3; visit++) {
      expect(findComponent(map, { component: 'chart' })).toEqual({})
      expect(findComponent(map, { component: 'toString' })).toEqual({})
    }
    expect(warn.mock.calls).toEqual([
      ['[keyblok] No component is mapped to the blok “chart”.'],
      ['[keyblok] No component is mapped to the blok “toString”.'],
    ])
  })

  it.each([
    [null, 'A blok has no component’s name: it is null.'],
    [undefined, 'A blok has no component’s name: it is of the type undefined.'],
    ['words', 'A blok has no component’s name: it is of the type string.'],
    [{ component: 5 }, 'A blok has no component’s name: it is an object without one.'],
  ])('that is %j is told to whoever reads drafts, else to the log', (blok, notice) => {
    expect(findComponent(map, blok, () => true)).toEqual({ notice })
    expect(findComponent(map, blok, () => false)).toEqual({})
    expect(warn.mock.calls).toEqual([[`[keyblok] ${notice}`]])
  })
})
