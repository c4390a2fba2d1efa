import { describe, expect, it } from 'vitest'
import { createFolder } from '../test-support.js'
import { readEnvironment, readVariables } from './env-files.js'

describe('readVariables', () => {
  it('tells which file a value is from, and which others give another', () => {
    const folder = createFolder({ '.env': 'A=1\nB=1\nC=1', '.env.local': 'A=2\nB=1', '.env.production': 'A=3' })
    const variables = readVariables(folder, { C: '2' })
    expect(Object.fromEntries(variables)).toEqual({
      A: { value: '3', file: '.env.production', overridden: ['.env', '.env.local'] },
      B: { value: '1', file: '.env.local', overridden: [] },
      C: { value: '2', overridden: ['.env'] },
    })
    expect(readEnvironment(folder, { C: '2' })).toEqual({ A: '3', B: '1', C: '2' })
  })
})
