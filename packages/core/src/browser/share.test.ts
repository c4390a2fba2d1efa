import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { share } from './share.js'

const blok = (uid: string, text: string) => ({ _uid: uid, component: 'text', text })
const copy = <T>(value: T): T => structuredClone(value)

describe('sharing', () => {
  it('gives what was there before when nothing changed', () => {
    const before = { content: { body: [blok('a', 'A'), blok('b', 'B')], tags: ['x'] }, name: null }
    expect(share(before, copy(before))).toBe(before)
  })

  it('changes a blok and what is around it, and nothing else', () => {
    const before = { head: blok('h', 'H'), body: [blok('a', 'A'), blok('b', 'B')] }
    const next = copy(before)
    next.body[1]!.text = 'New'
    const after = share(before, next)
    expect(after).toEqual(next)
    expect(after.head).toBe(before.head)
    expect(after.body[0]).toBe(before.body[0])
    expect(after.body[1]).not.toBe(before.body[1])
  })

  it('finds bloks again that moved', () => {
    const before = [blok('a', 'A'), blok('b', 'B'), blok('c', 'C')]
    const after = share(before, copy([before[2]!, blok('new', 'N'), before[0]!]))
    expect(after[0]).toBe(before[2])
    expect(after[2]).toBe(before[0])
    expect(after).toHaveLength(3)
  })

  it('leaves what was before as it was', () => {
    const before = Object.freeze({ body: Object.freeze([Object.freeze(blok('a', 'A'))]) })
    expect(share(before, { body: [blok('a', 'Z')] })).toEqual({ body: [blok('a', 'Z')] })
    expect(before.body[0]?.text).toBe('A')
  })

  it.each([
    ['a value', 1, { a: 1 }],
    ['a list', [1], { 0: 1 }],
    ['a tree', { 0: 1 }, [1]],
    ['nothing', null, { a: 1 }],
    ['a date', { at: new Date(0) }, { at: new Date(1) }],
    ['a missing field', { a: undefined }, { b: undefined } as object],
  ])('takes what comes in the place of %s', (_name, before, next) => {
    expect(share(before, next)).toStrictEqual(next)
  })

  it('always gives what is to be shown', () => {
    const values = fc.jsonValue({ maxDepth: 4 })
    fc.assert(
      fc.property(values, values, (before, next) => {
        expect(share(before, next)).toStrictEqual(next)
      }),
    )
  })
})
