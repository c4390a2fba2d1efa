import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { inject } from 'vitest'

/** Starts a headless browser that talks to nothing but the pages it opens. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('browserPath'),
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  })
}
