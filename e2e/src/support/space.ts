import type { Listener, LocalSpace } from '@keyblok/space'
import { onTestFinished } from 'vitest'
import { createDemoSpace } from '../../../scripts/lib/demo-space.ts'
import { tokens } from './tokens.ts'

/** Has something done once the tests that need it are over. */
export type AtEnd = (clean: () => void | Promise<void>) => void

/** Serves the demo space for one test. */
export async function serveDemoSpace(
  atEnd: AtEnd = onTestFinished,
): Promise<{ space: LocalSpace; listener: Listener }> {
  const space = createDemoSpace(tokens)
  const listener = await space.listen()
  atEnd(async () => {
    await listener.close()
    space.close()
  })
  return { space, listener }
}
