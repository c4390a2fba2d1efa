import { privateAssets } from '@keyblok/astro/server'
import { describe, expectTypeOf, it } from 'vitest'

describe('privateAssets', () => {
  it('asks for somebody who decides, by yes or no', () => {
    expectTypeOf(privateAssets).toBeCallableWith({ authorize: () => true })
    expectTypeOf(privateAssets).toBeCallableWith({ authorize: async ({ cookies }) => cookies.has('member') })
    // @ts-expect-error -- without it everybody could have every asset
    expectTypeOf(privateAssets).toBeCallableWith({})
    // @ts-expect-error -- a word decides nothing
    expectTypeOf(privateAssets).toBeCallableWith({ authorize: () => 'yes' })
  })
})
