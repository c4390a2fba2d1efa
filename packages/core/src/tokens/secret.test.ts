import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { Secret } from './secret.js'

const secret = new Secret(tokens.preview, 'preview')

const ways: [string, (value: object) => string][] = [
  ['String()', (value) => String(value)],
  ['a template', (value) => `${value as unknown as string}`],
  ['concatenation', (value) => '' + (value as unknown as string)],
  ['JSON.stringify', (value) => JSON.stringify({ value })],
  ['util.inspect', (value) => inspect({ value }, { depth: 9, showHidden: true })],
  ['spreading', (value) => inspect({ ...value })],
  ['Object.entries', (value) => inspect(Object.entries(value))],
  ['own property names', (value) => inspect(Object.getOwnPropertyNames(value))],
  ['structuredClone', (value) => inspect(structuredClone(value), { showHidden: true })],
  ['an error message', (value) => new Error(`failed for ${value as unknown as string}`).message],
]

describe('Secret', () => {
  it('reveals its value when it is asked to', () => {
    expect(secret.reveal()).toBe(tokens.preview)
  })

  it.each(ways)('keeps its value from %s', (_name, show) => {
    expect(show(secret)).not.toContain(tokens.preview)
  })

  it.each(
    ways.filter(
      ([name]) => !['own property names', 'String()', 'a template', 'concatenation', 'an error message'].includes(name),
    ),
  )('would show a value that were a plain property: %s', (_name, show) => {
    expect(show({ value: tokens.preview })).toContain(tokens.preview)
  })

  it('says what it is', () => {
    expect(String(secret)).toBe('[preview token]')
    expect(JSON.stringify([secret])).toBe('["[preview token]"]')
    expect(inspect(secret)).toBe('[preview token]')
  })

  it.each([
    ['the same value', tokens.preview, true],
    ['another value of the same length', tokens.preview.replace('f', 'g'), false],
    ['a prefix', tokens.preview.slice(0, -1), false],
    ['a longer value', `${tokens.preview}f`, false],
    ['nothing', '', false],
  ])('compares itself with %s', (_name, value, expected) => {
    expect(secret.equals(new Secret(value, 'public'))).toBe(expected)
    expect(new Secret(value, 'public').equals(secret)).toBe(expected)
  })
})
