import type { Listener, LocalSpace } from '@keyblok/space'
import { onTestFinished } from 'vitest'
import { createDemoSpace } from '../../../scripts/lib/demo-space.ts'
import { tokens } from './tokens.ts'

/** Serves the demo space for one test. */
export async function serveDemoSpace(): Promise<{ space: LocalSpace; listener: Listener }> {
  const space = createDemoSpace(tokens)
  const listener = await space.listen()
  onTestFinished(async () => {
    await listener.close()
    space.close()
  })
  return { space, listener }
}
