import { describe, expect, it } from 'vitest'
import { formatChain, importChain, importChains } from './import-chain.js'

const graph: Record<string, string[]> = {
  leaf: ['deep', 'barrel'],
  deep: ['deeper'],
  deeper: ['page'],
  barrel: ['page'],
  page: [],
  a: ['b'],
  b: ['a'],
}
const importersOf = (module: string) => graph[module] ?? []

describe('importChain', () => {
  it('takes the shortest way from a page', () => {
    expect(importChain('leaf', importersOf)).toEqual(['page', 'barrel', 'leaf'])
  })

  it('is one module long when nobody imports it', () => {
    expect(importChain('page', importersOf)).toEqual(['page'])
  })

  it('ends where modules import each other', () => {
    expect(importChain('a', importersOf)).toEqual(['b', 'a'])
  })

  it('is found from each module that imports one', () => {
    expect(importChains('leaf', importersOf)).toEqual([
      ['page', 'deeper', 'deep', 'leaf'],
      ['page', 'barrel', 'leaf'],
    ])
    expect(importChains('page', importersOf)).toEqual([['page']])
  })

  it('is written as an indented list', () => {
    expect(formatChain(importChain('leaf', importersOf))).toBe(' page imports\n  barrel imports\n   leaf')
  })

  it('is written from what somebody wrote', () => {
    const chain = ['.svelte-kit/generated/client/app.js', '.svelte-kit/generated/client/nodes/2.js', 'page', 'leaf']
    expect(formatChain(chain)).toBe(' page imports\n  leaf')
  })
})
