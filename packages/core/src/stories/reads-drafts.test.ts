import { expect, it } from 'vitest'
import { KeyblokError } from '../errors.js'
import { readsDrafts } from './reads-drafts.js'

it('tells what a reader shows', () => {
  expect(readsDrafts({ version: 'draft' })).toBe(true)
  expect(readsDrafts({ version: 'published' })).toBe(false)
  expect(readsDrafts(undefined)).toBe(false)
})

it('says that a reader which cannot read shows no drafts', () => {
  const reader = {
    get version(): never {
      throw new KeyblokError('KB_TOKEN_MISSING', 'No token.')
    },
  }
  expect(readsDrafts(reader)).toBe(false)
})
