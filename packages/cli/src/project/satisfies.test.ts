import { describe, expect, it } from 'vitest'
import { satisfies } from './satisfies.js'

describe('satisfies', () => {
  it.each([
    ['7.3.5', '^7.0.0'],
    ['2.70.4', '^2.70.0 || ^3.0.0'],
    ['3.0.0', '^2.70.0 || ^3.0.0'],
    ['22.17.0', '>=22.17'],
    ['0.8.4', '^0.8.0'],
    ['5.57.9', '~5.57.1'],
    ['1.2.3', 'workspace:*'],
    ['1.2.3', '1.2.3'],
  ])('takes %s for one of %s', (version, range) => expect(satisfies(version, range)).toBe(true))

  it.each([
    ['6.4.1', '^7.0.0'],
    ['8.0.0', '^7.0.0'],
    ['2.69.9', '^2.70.0 || ^3.0.0'],
    ['22.16.9', '>=22.17'],
    ['0.9.0', '^0.8.0'],
    ['5.58.0', '~5.57.1'],
    ['1.2.4', '1.2.3'],
  ])('does not take %s for one of %s', (version, range) => expect(satisfies(version, range)).toBe(false))
})
