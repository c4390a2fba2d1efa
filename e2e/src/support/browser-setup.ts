import type { TestProject } from 'vitest/node'
import { ensureBrowser } from './ensure-browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the Chromium that all tests use. */
    browserPath: string
  }
}

export default async function setup({ provide }: TestProject): Promise<void> {
  provide('browserPath', await ensureBrowser())
}
